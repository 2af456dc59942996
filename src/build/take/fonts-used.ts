/** Which fonts of the stylesheet a page's letters need. */

interface Face {
  file: string;
  family: string;
  weight: string;
  style: string;
  /** Code points it has, in pairs; all, where it does not say. */
  ranges: [number, number][] | null;
}

const property = (block: string, name: string) =>
  new RegExp(`(?:^|[;{])\\s*${name}:\\s*([^;}]+)`).exec(block)?.[1].replace(/["']/g, '').trim();

/** "U+41-5A,U+E0??" as pairs. */
const rangesOf = (text: string): [number, number][] =>
  text.split(',').map((range) => {
    const [from, to = from] = range.trim().replace(/^U\+/i, '').split('-');
    const hex = (digits: string, wild: string) => Number.parseInt(digits.replaceAll('?', wild), 16);
    return [hex(from, '0'), hex(to, 'F')];
  });

function facesOf(css: string): Face[] {
  return [...css.matchAll(/@font-face\s*(\{[^}]*\})/g)].flatMap(([, block]) => {
    const file = /url\(["']?[^"')]*?([^/"')]+)["']?\)/.exec(block)?.[1];
    const ranges = property(block, 'unicode-range');
    if (!file) return [];
    return {
      file,
      family: property(block, 'font-family')!,
      weight: property(block, 'font-weight') ?? '400',
      style: property(block, 'font-style') ?? 'normal',
      ranges: ranges ? rangesOf(ranges) : null,
    };
  });
}

/** KaTeX's rules that name a font, with the classes that an element must have for each. */
function rulesOf(css: string): { family: string; weight: string; style: string; classes: string[] }[] {
  const rules = [...css.matchAll(/([^{}]+)\{([^{}]*KaTeX_[^{}]*)\}/g)].filter(
    ([, selector]) => !selector.includes('@'),
  );
  return rules.flatMap(([, selectors, block]) => {
    const named = property(`{${block}`, 'font-family') ?? property(`{${block}`, 'font') ?? '';
    const families = named.match(/KaTeX_\w+/g) ?? [];
    const weight = /700|bold/.test(property(`{${block}`, 'font-weight') ?? '') ? '700' : '400';
    const style = property(`{${block}`, 'font-style') ?? 'normal';
    return selectors.split(',').flatMap((selector) => {
      const classes = [...selector.matchAll(/\.([\w-]+)/g)].map((match) => match[1]);
      return families.map((family) => ({ family, weight, style, classes }));
    });
  });
}

/** Names of the font files that a page needs: the site's own faces, and of KaTeX's those that its formulas use. */
export function fontsUsed(html: string, css: string): string[] {
  const classes = new Set([...html.matchAll(/\sclass="([^"]*)"/g)].flatMap((match) => match[1].split(/\s+/)));
  const letters = new Set([...html].map((letter) => letter.codePointAt(0)!));
  const used = rulesOf(css).filter((rule) => rule.classes.every((name) => classes.has(name)));
  const has = ({ ranges }: Face) =>
    !ranges || [...letters].some((code) => ranges.some(([from, to]) => code >= from && code <= to));
  const wanted = ({ family, weight, style }: Face) =>
    !family.startsWith('KaTeX_') ||
    used.some((rule) => rule.family === family && rule.weight === weight && rule.style === style);
  const files = facesOf(css).filter((face) => has(face) && wanted(face));
  return [...new Set(files.map(({ file }) => file))];
}
