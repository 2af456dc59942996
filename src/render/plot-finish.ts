// Numbers with more decimals than a screen has pixels; rounding them halves a page and makes the markup the
// same wherever the logarithm was taken.
const LONG = /-?\d+\.\d{3,}(?:e[-+]?\d+)?/g;
const GEOMETRY = [
  'd',
  'transform',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
  'width',
  'height',
  'points',
];

const rounded = (text: string) =>
  text.replace(LONG, (number) => String(Math.round(Number(number) * 100) / 100));

function roundGeometry(element: Element): void {
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value && /\.\d{3}/.test(value)) element.setAttribute(name, rounded(value));
  }
}

// A short name for equal content (FNV-1a): not for secrets.
function nameOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

// The same text whichever order a DOM keeps attributes in.
function contentOf(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({ name }) => name !== 'id')
    .map(({ name, value }) => `${name}=${value}`);
  return [element.localName, ...attributes.sort(), ...[...element.children].map(contentOf)].join(' ');
}

/**
 * Plot numbers its markers and clips from 1 in every process, so a drawing made at build and one made on the
 * page would share ids and differ. Named by their content, equal ids mean equal things.
 */
function renameIds(svg: Element): void {
  const names = new Map<string, string>();
  for (const element of svg.querySelectorAll('[id]')) {
    const id = element.id;
    const name = `p-${nameOf(contentOf(element))}`;
    names.set(`url(#${id})`, `url(#${name})`);
    element.id = name;
  }
  if (!names.size) return;
  for (const element of svg.querySelectorAll('*')) {
    for (const name of ['clip-path', 'marker-start', 'marker-mid', 'marker-end', 'fill']) {
      const url = names.get(element.getAttribute(name) ?? '');
      if (url) element.setAttribute(name, url);
    }
  }
}

// Plot's own fallbacks, which would be white boxes on dark paper.
const LITERAL: Record<string, string> = {
  white: 'var(--paper)',
  black: 'var(--ink)',
  '#fff': 'var(--paper)',
  '#000': 'var(--ink)',
};

function useTokens(element: Element): void {
  for (const name of ['fill', 'stroke']) {
    const token = LITERAL[element.getAttribute(name) ?? ''];
    if (token) element.setAttribute(name, token);
  }
}

const CALL = /([^\s(,]*)\(\s*(["']?#)?/g;
const HARMLESS =
  /^(|translate|rotate|scale|matrix|skew[XY]|var|rgba?|hsla?|hwb|(ok)?lab|(ok)?lch|color(-mix)?|light-dark|calc|min|max|clamp)$/;

/** A colour or a mask may name a picture anywhere: an output asks for nothing. The page's policy would refuse it too. */
const asksForSomething = (value: string) =>
  value.includes('\\') ||
  [...value.matchAll(CALL)].some(([, name, here]) => !HARMLESS.test(name) && !(name === 'url' && here));

function dropRequests(element: Element): void {
  for (const { name, value } of [...element.attributes])
    if (name !== 'aria-label' && asksForSomething(value)) element.removeAttribute(name);
}

// What a series' label has of its ink in a hundred; the rest is that of the text.
export const LETTERS = 70;

// The inks of baseline and series are for lines; letters in them would fall short of 4.5:1.
function darkenLabels(svg: Element): void {
  for (const label of svg.querySelectorAll('text[fill^="var(--"], g[fill^="var(--"]')) {
    if (label.localName !== 'text' && !label.querySelector('text')) continue;
    const ink = label.getAttribute('fill')!;
    if (ink === 'var(--baseline)') label.setAttribute('fill', 'var(--muted)');
    if (ink.startsWith('var(--series-'))
      label.setAttribute('fill', `color-mix(in oklab,${ink} ${LETTERS}%,var(--ink))`);
  }
}

/**
 * Takes out of Plot's markup what belongs to the site: its style element (forbidden by the page's policy; the
 * rules are in output.css), its fonts, its warning sign, its process-wide ids and surplus decimals.
 */
export function finish(svg: Element): void {
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  for (const text of [...svg.querySelectorAll('text')]) if (text.textContent?.startsWith('⚠')) text.remove();
  for (const name of ['font-family', 'font-size']) svg.removeAttribute(name);
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    dropRequests(element);
    roundGeometry(element);
    useTokens(element);
    // Every group's name would be a stop of its own for a screen reader; the drawing is described once, whole.
    if (element !== svg)
      for (const name of ['aria-label', 'aria-description', 'aria-hidden']) element.removeAttribute(name);
  }
  darkenLabels(svg);
  renameIds(svg);
}
