/** The symbol an element stands for: marked itself, or inside a marked one, such as a control. */
function keyAt(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest<HTMLElement>('[data-sym]')?.dataset.sym ?? null;
}

const all = (root: ParentNode, key: string) => root.querySelectorAll(`[data-sym="${CSS.escape(key)}"]`);

/**
 * Lights every appearance of a symbol – formula, code, control, row of the table – while one of them is
 * pointed at or focused; a tap or a press of the row's button keeps it lit until the next.
 */
export function symbols(document: Document): void {
  let pinned: string | null = null;
  let lit: string | null = null;
  const show = (key: string | null) => {
    if (key === lit) return;
    if (lit) for (const element of all(document, lit)) element.classList.remove('lit');
    if (key) for (const element of all(document, key)) element.classList.add('lit');
    lit = key;
  };
  const pin = (key: string | null) => {
    pinned = key;
    for (const button of document.querySelectorAll<HTMLElement>('[data-sym-button]'))
      button.setAttribute('aria-pressed', String(button.dataset.symButton === key));
    show(key);
  };
  document.addEventListener('pointerover', (event) => show(keyAt(event.target) ?? pinned));
  document.addEventListener('pointerleave', () => show(pinned));
  document.addEventListener('focusin', (event) => show(keyAt(event.target) ?? pinned));
  document.addEventListener('focusout', () => show(pinned));
  document.addEventListener('click', (event) => {
    const key = keyAt(event.target);
    if (key) pin(key === pinned ? null : key);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && pinned) pin(null);
  });
}
