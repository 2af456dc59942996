/**
 * The inks of every figure in the library, as the page's own colours in light and dark.
 * One meaning each: what the paper proposes, what it replaces, what is broken; bounds, theory and
 * the paper's own figures are `theory`, drawn dashed (`strokeDasharray: '4 3'`); `series` is for the rest.
 */
export const ink = {
  mechanism: 'var(--mechanism)',
  baseline: 'var(--baseline)',
  broken: 'var(--broken)',
  theory: 'var(--ink)',
  muted: 'var(--muted)',
  paper: 'var(--paper)',
  series: [1, 2, 3, 4, 5, 6].map((n) => `var(--series-${n})`),
} as const;
