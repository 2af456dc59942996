/** Signs of formulas: how TeX, Unicode and a keyboard write them, and the one way the index does. */

const greekNames =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const greekLetters = 'αβγδϵζηθικλμνξπρστυϕχψω';
const capitals: Record<string, string> = {
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Pi: 'Π',
  Sigma: 'Σ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
};

/** Letters by the name of their command, which is also how one types them. */
export const letters: Record<string, string> = {
  ...Object.fromEntries(greekNames.map((name, i) => [name, greekLetters[i]])),
  ...capitals,
  varepsilon: 'ε',
  varphi: 'φ',
  vartheta: 'ϑ',
  varrho: 'ϱ',
  varsigma: 'ς',
  ell: 'ℓ',
  hbar: 'ħ',
  imath: 'ı',
  jmath: 'ȷ',
};

/** Operators, relations and brackets by the name of their command. */
export const marks: Record<string, string> = {
  cdot: '·',
  times: '×',
  ast: '∗',
  star: '⋆',
  odot: '⊙',
  circ: '⊙',
  otimes: '⊗',
  oplus: '⊕',
  pm: '±',
  mp: '∓',
  le: '≤',
  leq: '≤',
  leqslant: '≤',
  ge: '≥',
  geq: '≥',
  geqslant: '≥',
  ne: '≠',
  neq: '≠',
  lt: '<',
  gt: '>',
  approx: '≈',
  simeq: '≃',
  sim: '∼',
  cong: '≅',
  equiv: '≡',
  propto: '∝',
  ll: '≪',
  gg: '≫',
  in: '∈',
  notin: '∉',
  ni: '∋',
  subset: '⊂',
  subseteq: '⊆',
  cup: '∪',
  cap: '∩',
  setminus: '∖',
  mid: '|',
  parallel: '∥',
  perp: '⊥',
  leftarrow: '←',
  gets: '←',
  to: '→',
  rightarrow: '→',
  mapsto: '↦',
  Rightarrow: '⇒',
  Leftarrow: '⇐',
  iff: '⇔',
  longrightarrow: '→',
  langle: '⟨',
  rangle: '⟩',
  lVert: '‖',
  rVert: '‖',
  Vert: '‖',
  lvert: '|',
  rvert: '|',
  vert: '|',
  '|': '‖',
  lbrace: '{',
  rbrace: '}',
  '{': '{',
  '}': '}',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  lbrack: '[',
  rbrack: ']',
  dots: '…',
  ldots: '…',
  cdots: '⋯',
  '@cdots': '⋯',
  vdots: '⋮',
  dotsc: '…',
  dotsb: '⋯',
  colon: ':',
  '#': '#',
  '%': '%',
  '&': '&',
  _: '_',
  infty: '∞',
  emptyset: '∅',
  varnothing: '∅',
  top: '⊤',
  intercal: '⊤',
  bot: '⊥',
  dagger: '†',
  prime: '′',
  forall: '∀',
  exists: '∃',
  wedge: '∧',
  vee: '∨',
  neg: '¬',
  backslash: '∖',
  triangle: '△',
};

/** Large operators and the like: names to the reader, signs on the page. */
export const operators: Record<string, string> = {
  sum: '∑',
  prod: '∏',
  int: '∫',
  partial: '∂',
  nabla: '∇',
  bigoplus: '⨁',
  bigcup: '⋃',
  bigcap: '⋂',
  coprod: '∐',
};

/** Functions that TeX or a keyboard writes by their names. */
export const functions = new Set(
  `arccos arcsin arctan arg argmax argmin clip concat cos cosh cot cov det diag dim elu erf exp gcd gelu inf kl ker lg lim ln
  log max mean median min mlp norm pr rank relu round sigmoid sign silu sin sinh softmax softplus split std sup swish tan tanh tr trace
  var vec`.split(/\s+/),
);

/** Marks above a letter, by command: as the index names them and as one adds them to the letter. */
export const accents: Record<string, string> = {
  hat: '\u0302',
  widehat: '\u0302',
  tilde: '\u0303',
  widetilde: '\u0303',
  bar: '\u0304',
  overline: '\u0304',
  vec: '\u20d7',
  dot: '\u0307',
  ddot: '\u0308',
  check: '\u030c',
  breve: '\u0306',
  overrightarrow: '\u20d7',
  overleftarrow: '\u20d6',
  mathring: '\u030a',
};

/** Signs that a keyboard makes of several, longest first. */
export const typed: [string, string][] = [
  ['<->', '⇔'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['!=', '≠'],
  [':=', '='],
  ['<-', '←'],
  ['->', '→'],
  ['=>', '⇒'],
  ['||', '‖'],
  ['~=', '≈'],
  ['...', '…'],
  ['.*', '⊙'],
  ['**', '^'],
];

/** What means the same in a formula, brought to one sign. */
const same: Record<string, string> = {
  '←': '=',
  ':': '',
  '≤': '<',
  '≪': '<',
  '⟨': '<',
  '≥': '>',
  '≫': '>',
  '⟩': '>',
  '≃': '≈',
  '∼': '∼',
  '~': '∼',
  '≅': '≈',
  '‖': '|',
  '∥': '|',
  '∘': '⊙',
  '↦': '→',
  '−': '-',
  '∣': '|',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '⌊': '(',
  '⌋': ')',
  '⌈': '(',
  '⌉': ')',
  ';': ',',
  '⋯': '…',
  '∗': '·',
  '*': '·',
  '×': '·',
  '⋅': '·',
  '.': '',
  '!': '',
};
export const oneSign = (mark: string): string => same[mark] ?? mark;

const sameName: Record<string, string> = {
  LN: 'layernorm',
  BN: 'batchnorm',
  ln: 'log',
  lg: 'log',
  trace: 'tr',
  sgn: 'sign',
  E: 'E',
};
/** Names without case, but for LN, which is no logarithm. */
export const oneName = (name: string): string =>
  sameName[name] ?? sameName[name.toLowerCase()] ?? name.toLowerCase();

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀⁿⁱᵏᵗᵈ';
const raised = '0123456789+-()Tniktd';
const subscripts = '₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖₗₘₙₜₓᵥₐₑₒₛₚᵣᵤₕ';
const lowered = '0123456789+-()ijklmntxvaeosprubh';

/** Raised and lowered Unicode characters, and others that stand for more than a sign, as a keyboard writes them. */
export const plainly = (text: string): string =>
  text
    .replaceAll(
      new RegExp(`[${superscripts}]+`, 'gu'),
      (run) => `^{${[...run].map((c) => raised[superscripts.indexOf(c)]).join('')}}`,
    )
    .replaceAll(
      new RegExp(`[${subscripts}]+`, 'gu'),
      (run) => `_{${[...run].map((c) => lowered[subscripts.indexOf(c)]).join('')}}`,
    )
    .replaceAll('½', '(1/2)')
    .replaceAll('√', '\\sqrt ')
    .replaceAll('∑', '\\sum ')
    .replaceAll('∏', '\\prod ')
    .replaceAll('∫', '\\int ')
    .replaceAll('∂', '\\partial ')
    .replaceAll('∇', '\\nabla ')
    .replaceAll('𝔼', '\\mathbb E ')
    .replaceAll('ℝ', '\\mathbb R ');
