import type { SharedPack, TakePack } from './pack.ts';

/** What goes into the single file beside what all pages share. */
export interface SingleParts {
  /** Scripts, binaries and data files by name, compressed, as base64. */
  files: Record<string, string>;
  /** Letters that nobody can guess: they mark the scripts that may run. */
  nonce: string;
  /** Address of the page on the site, where one is known. */
  address: string | null;
  /** What its maker had set and edited, as an address has it, from its `?`; '' for nothing. */
  opening?: string;
}

/** Where the build leaves room, and what it marks for being changed. */
export const marks = { head: '<!--take:head-->', end: '<!--take:end-->' };

/** A text can stand in a script element once nothing in it ends that. */
const inScript = (text: string) => text.replaceAll(/<(?=\/script|!--)/gi, '\\x3c');

/** The script of the page stands at its end: where a file was cut on its way, nothing else could say so. */
const wholeOrSaid = `addEventListener('DOMContentLoaded', () => {
  if (self.carried) return;
  const words = document.createElement('p');
  words.setAttribute('role', 'alert');
  words.textContent = 'This file is not whole: its end is missing, so nothing in it runs. It reads as far as it goes; take it again, or ask for it again.';
  words.style = 'margin: 0; padding: 14px 20px; background: #c5400f; color: #fff; font: 500 15px/1.5 sans-serif';
  document.body.prepend(words);
});`;

/** The single file loads nothing but itself and blobs made in it. */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' blob: 'wasm-unsafe-eval'`,
    'worker-src blob:',
    'connect-src blob: data:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** The stylesheet with the fonts that the page needs inside; the others are left out. */
const dressed = (styles: string, fonts: Record<string, string>, needed: string[]): string =>
  styles.replaceAll(/@font-face\s*\{[^}]*\}/g, (face) => {
    const name = /url\(["']?[^"')]*?([^/"')]+)["']?\)/.exec(face)?.[1];
    if (!name) return face; // a stand-in of the reader's own system
    if (!needed.includes(name)) return '';
    return face.replace(/url\([^)]*\)/, () => `url(data:font/woff2;base64,${fonts[name]})`);
  });

/** Links to other pages lead to the site, where it is known, or nowhere. */
function withLinks(page: string, address: string | null): string {
  const ways = /<nav (?:class="neighbours"|aria-label="Site")[\s\S]*?<\/nav>/g;
  const links = /(<a\b[^>]*?)\shref="(\.\.\/[^"]*)"/g;
  return page
    .replace(ways, (found) => (address ? found : ''))
    .replace(links, (_, start, to) => (address ? `${start} href="${new URL(to, address).href}"` : start))
    .replace(/<span data-take-address[^>]*>[\s\S]*?<\/span>/, (found) =>
      address ? found.replace(/<a\b[\s\S]*<\/a>/, `<a href="${address}">${address}</a>`) : '',
    );
}

/** The page as one HTML file with everything inside, which runs from a disk. */
export function singleFile(pack: TakePack, shared: SharedPack, parts: SingleParts): string {
  const { files, nonce, address, opening } = parts;
  const carried = Object.entries(files)
    .map(([name, base64]) => `<script type="text/plain" data-carried="${name}">${base64}</script>`)
    .join('\n');
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy(nonce)}">
<style>${dressed(shared.styles, shared.fonts, pack.fonts)}</style>
<script nonce="${nonce}">${inScript(shared.theme)}</script>
<script nonce="${nonce}">${wholeOrSaid}</script>`;
  const opens = opening
    ? `<script type="text/plain" data-opening>${opening.replaceAll('<', '%3C')}</script>\n`
    : '';
  const end = `${carried}\n${opens}<script nonce="${nonce}">${inScript(shared.boot)}</script>`;
  // Functions, so that a $ in what is put in means nothing.
  return withLinks(pack.page, address)
    .replace(marks.head, () => head)
    .replace(marks.end, () => end);
}
