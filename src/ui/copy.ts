/** "Copy" buttons: shown only where they can work; what was copied is said in the button itself. */
export function copyButtons(document: Document): void {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false;
    const words = button.textContent;
    button.addEventListener('click', async () => {
      const text = document.getElementById(button.dataset.copy!)?.textContent ?? '';
      const done = await navigator.clipboard.writeText(text).then(
        () => 'Copied',
        () => 'The browser refused: select and copy',
      );
      button.textContent = done;
      setTimeout(() => (button.textContent = words), 2000);
    });
  }
}

/** Writes out the page's own address where the page speaks of it: no host is known when it is built. */
export function pageAddress(document: Document): void {
  const whole = location.href.split(/[?#]/)[0];
  // From the disk a folder opens as a list of its files.
  const address = location.protocol === 'file:' ? whole : whole.replace(/index\.html$/, '');
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-address]')) {
    link.href = address;
    link.textContent = address;
  }
}

/** Writes the address of this copy of the site into the line that embeds a notebook; from the disk there is none. */
export function embedLine(document: Document, root: string): void {
  const line = document.querySelector<HTMLElement>('[data-embed-line]');
  const note = document.querySelector<HTMLElement>('[data-embed-note]');
  if (!line || !note) return;
  if (location.protocol === 'file:') {
    note.hidden = false;
    return;
  }
  // The settings on screen, which the page's address follows: when somebody comes to read or copy the line.
  const write = () => {
    const query = location.search.replaceAll('&', '&amp;').replaceAll('"', '%22');
    const address = `src="${root}${line.dataset.embedLine}${query}"`;
    line.textContent = line.textContent!.replace(/src="[^"]*"/, () => address);
  };
  write();
  const box = line.closest('.cite')!;
  for (const type of ['pointerover', 'focusin']) box.addEventListener(type, write);
}
