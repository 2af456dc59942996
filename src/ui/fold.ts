/** Long code opens on request, for an address of one of its lines, and for whatever moves the focus into it. */
export function folds(document: Document): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-unfold]'))
    button.addEventListener('click', () => toggle(button));
  const openTarget = () => {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const button = target?.closest('.code.long:not(.unfolded)')?.querySelector<HTMLElement>('[data-unfold]');
    if (!button) return;
    toggle(button);
    target?.scrollIntoView();
  };
  window.addEventListener('hashchange', openTarget);
  openTarget();
}

function toggle(button: HTMLElement): void {
  const code = button.closest('.code')!;
  const open = code.classList.toggle('unfolded');
  button.setAttribute('aria-expanded', String(open));
  const lines = code.querySelectorAll('pre .line').length;
  button.textContent = open ? 'Show less' : `Show all ${lines} lines`;
  if (!open) code.scrollIntoView({ block: 'nearest' });
}
