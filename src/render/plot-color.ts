type Options = Record<string, any>;

/** Further series in their order; the three inks have a meaning and are asked for by name. */
export const SERIES = [1, 2, 3, 4, 5, 6].map((i) => `var(--series-${i})`);

const percent = (t: number) => `${Math.round(Math.min(1, Math.max(0, t)) * 100)}%`;

/** A share `t` of an ink over the page. */
export function tint(ink: string, t: number, ground = 'var(--paper)'): string {
  return `color-mix(in oklab,${ink} ${percent(t)},${ground})`;
}

// Sequential schemes run from the page to an ink, so that "more" is darker on light paper and lighter on
// dark, and "nothing" is the page in both. The diverging one runs from vermilion (negative) through the page
// to ultramarine. Named schemes of d3 are literal colours made for white paper: they are not taken.
const SEQUENTIAL: Record<string, string> = {
  ink: 'var(--ink)',
  mechanism: 'var(--mechanism)',
  baseline: 'var(--baseline)',
  broken: 'var(--broken)',
};
const DIVERGING = 'diverging';

type Interpolate = (t: number) => string;

function diverging(most: number): Interpolate {
  return (t) =>
    t < 0.5 ? tint('var(--broken)', (1 - 2 * t) * most) : tint('var(--mechanism)', (2 * t - 1) * most);
}

// Between colours the author names: mixed by the page, since only the page knows what a variable stands for.
function between(range: string[]): Interpolate {
  return (t) => {
    const at = Math.min(range.length - 2, Math.floor(t * (range.length - 1)));
    return tint(range[at + 1], t * (range.length - 1) - at, range[at]);
  };
}

function schemeOf(name: unknown, type: string): string {
  if (name === undefined) return type.startsWith('diverging') ? DIVERGING : 'mechanism';
  if (name === DIVERGING || name === 'categorical' || String(name) in SEQUENTIAL) return String(name);
  const known = [...Object.keys(SEQUENTIAL), DIVERGING, 'categorical'].join(', ');
  throw new Error(`color: { scheme: "${name}" }: expected one of ${known}, which follow light and dark.`);
}

/** The share of an ink that still carries letters in the text's ink at 4.5:1, on both papers. */
export const PALE = 0.5;

const isDiscrete = (type: string) => type === 'ordinal' || type === 'categorical';

/** How the values of a continuous scale become colours: `most` is the share of ink at its end. */
export function interpolatorOf(color: Options, type: string, most: number): Interpolate {
  if (Array.isArray(color.range)) return between(color.range);
  const scheme = schemeOf(color.scheme, type);
  return scheme === DIVERGING ? diverging(most) : (t) => tint(SEQUENTIAL[scheme], t * most);
}

function ordinal(color: Options, domain: unknown[]): Options {
  const scheme = color.scheme === undefined ? undefined : schemeOf(color.scheme, 'ordinal');
  if (scheme === undefined || scheme === 'categorical') return { ...color, range: SERIES, scheme: undefined };
  const steps = domain.map((_, i) => interpolatorOf(color, 'linear', 1)((i + 1) / domain.length));
  return { ...color, range: steps, scheme: undefined };
}

const flipped =
  (colour: Interpolate): Interpolate =>
  (t) =>
    colour(1 - t);

/**
 * Whether a domain of two ends falls. Plot hands an interpolator that stands for colours (unlike one between
 * numbers) the share counted from the lower end even then, unless the scale diverges.
 */
const falls = ({ type, domain }: Options) =>
  domain.length === 2 && domain[0] > domain[1] && !type.startsWith('diverging');

/** The colours along a drawn scale, from the first end of its domain to the last. */
export const alongDomain = (scale: Options): Interpolate =>
  falls(scale) ? flipped(scale.interpolate) : scale.interpolate;

/**
 * The colour scale in the site's own inks. `scale` is what Plot made of the data at first sight; `pale` keeps
 * the strongest fill light enough for text upon it (4.5:1 in both themes).
 */
export function dressColor(color: Options, scale: Options | undefined, pale: boolean): Options {
  if (!scale || scale.type === 'identity') return color;
  if (isDiscrete(scale.type)) return color.range ? color : ordinal(color, scale.domain);
  const { scheme, range, ...rest } = color;
  const colour = interpolatorOf(color, scale.type, pale ? PALE : 1);
  return { ...rest, legend: false, interpolate: falls(scale) ? flipped(colour) : colour };
}
