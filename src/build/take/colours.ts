import { readFileSync } from 'node:fs';

const sheets = ['src/styles/tokens.css', 'src/styles/output.css'];

/** The light colours of the site, by the name of their variable. */
export function lightColours(): Record<string, string> {
  const text = sheets.map((sheet) => readFileSync(sheet, 'utf8')).join('\n');
  const found = [...text.matchAll(/--([\w-]+):\s*(?:light-dark\(\s*)?(#[0-9a-f]{6})/g)];
  return Object.fromEntries(found.map(([, name, colour]) => [name, colour]));
}
