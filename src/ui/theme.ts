// Before the first paint: the reader's choice of colours, if any. A blocked store means the system's choice.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {}
document.documentElement.classList.add('scripted');
