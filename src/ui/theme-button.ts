const order = ['', 'light', 'dark'] as const;
const names: Record<string, string> = { '': 'as the system', light: 'light', dark: 'dark' };

/** The button that goes round: as the system, light, dark. */
export function themeButton(document: Document): void {
  const root = document.documentElement;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-button]')) {
    const say = () => button.setAttribute('aria-label', `Colours: ${names[root.dataset.theme ?? '']}`);
    button.addEventListener('click', () => {
      const now = root.dataset.theme ?? '';
      choose(root, order[(order.indexOf(now as (typeof order)[number]) + 1) % order.length]);
      say();
    });
    say();
  }
}

function choose(root: HTMLElement, theme: string): void {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  try {
    if (theme) localStorage.setItem('theme', theme);
    else localStorage.removeItem('theme');
  } catch {} // a blocked store: the choice lasts for this page
}
