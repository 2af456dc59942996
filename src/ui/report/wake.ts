/** Brings the maker of reports, from its address, when a reader asks for it. */
export function reports(document: Document, script: string): void {
  const button = document.querySelector<HTMLButtonElement>('[data-report-open]');
  button?.addEventListener('click', () => {
    if (document.querySelector('[data-report] form')) return;
    const element = document.createElement('script');
    element.src = script;
    element.onerror = () => {
      element.remove();
      button.textContent = 'It did not load: try again';
    };
    document.head.append(element);
  });
}
