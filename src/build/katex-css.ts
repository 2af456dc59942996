import { katexParts, unicodeRange } from './katex-fonts.ts';

/** Where the stylesheet lies once made, and where its fonts are from there. */
export const katexStyles = '.cache/katex.css';
const parts = './fonts';
const whole = '../node_modules/katex/dist/fonts';

/** A face in two files becomes two rules, each with the letters it has. */
function inParts(rule: string): string {
  const own = katexParts.filter((part) => rule.includes(`fonts/${part.face}.woff2`));
  if (own.length === 0) return rule;
  return own
    .map((part) =>
      rule
        .replace(`fonts/${part.face}.woff2`, `${parts}/${part.file}.woff2`)
        .replace(/}$/, `;unicode-range:${unicodeRange(part.letters)}}`),
    )
    .join('');
}

/** KaTeX's stylesheet with its woff2 fonts only, which every browser that runs this site reads, the large ones in parts. */
export function leanKatexCss(css: string): string {
  return css
    .replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, '')
    .replace(/font-display:\s*block/g, 'font-display:swap')
    .replace(/@font-face\s*{[^}]*}/g, inParts)
    .replaceAll('url(fonts/', `url(${whole}/`);
}
