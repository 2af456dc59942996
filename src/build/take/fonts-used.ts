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

/** How far behind a class its letters are looked for where its element begins with another one. */
const REACH = 200;

/** Letters in the elements of a class; beyond them rather than too few. */
function lettersOf(html: string, name: string): Set<number> {
  const places = html.matchAll(
    new RegExp(`\\sclass="[^"]*(?<![\\w-])${name}(?![\\w-])[^"]*"[^>]*>([^<]*)`, 'g'),
  );
  const texts = [...places].map(({ index, 0: found, 1: own }) =>
    own.trim()
      ? own
      : html.slice(index + found.length, index + found.length + REACH).replaceAll(/<[^>]*>|<[^>]*$/g, ''),
  );
  return codes(texts.join(''));
}

const codes = (text: string) => new Set([...text].map((letter) => letter.codePointAt(0)!));

/** Names of the font files that a page needs: the site's own faces, and of KaTeX's those that its formulas use. */
export function fontsUsed(html: string, css: string): string[] {
  const classes = new Set([...html.matchAll(/\sclass="([^"]*)"/g)].flatMap((match) => match[1].split(/\s+/)));
  const all = codes(html);
  const used = rulesOf(css)
    .filter((rule) => rule.classes.every((name) => classes.has(name)))
    // What `.katex` sets, everything in a formula inherits.
    .map((rule) => ({
      ...rule,
      letters: rule.classes.length > 1 ? lettersOf(html, rule.classes.at(-1)!) : all,
    }));
  const has = ({ ranges }: Face, letters: Set<number>) =>
    !ranges || [...letters].some((code) => ranges.some(([from, to]) => code >= from && code <= to));
  const wanted = (face: Face) =>
    face.family.startsWith('KaTeX_')
      ? used.some(
          ({ family, weight, style, letters }) =>
            family === face.family && weight === face.weight && style === face.style && has(face, letters),
        )
      : has(face, all);
  return [
    ...new Set(
      facesOf(css)
        .filter(wanted)
        .map(({ file }) => file),
    ),
  ];
}
