// Before the first paint: the reader's choice of colours, if any. A blocked store means the system's choice.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {}
document.documentElement.classList.add('scripted');

// The type of the first screen is asked for at once; from the disk a preload is refused, and not needed.
if (location.protocol !== 'file:') {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=early-font]')) {
    link.as = 'font';
    link.crossOrigin = 'anonymous';
    link.rel = 'preload';
  }
}
