import { base, hashOf, slash } from './inline-scripts.ts';

/**
 * What a page may load: its own origin and blobs made on it, nothing else. No inline script but one; style
 * attributes are allowed because KaTeX and Shiki write them. 'wasm-unsafe-eval' is for the search and for tfjs.
 */
const directives = [
  "default-src 'self'",
  `script-src 'self' blob: 'wasm-unsafe-eval' ${hashOf(slash)}`,
  "worker-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
];

/** While writing, Vite puts styles and its client into the page itself; a built page has neither. */
const whileWriting = directives.map((directive) =>
  directive
    .replace(/^(script-src|style-src) /, "$1 'unsafe-inline' ")
    .replace(/^connect-src /, 'connect-src ws: '),
);

/** Of the page for missing addresses, which has to find out where the site begins. */
const whereNothingIs = directives.map((directive) =>
  directive.replace(hashOf(slash), hashOf(base)).replace("base-uri 'none'", "base-uri 'self'"),
);

/** The policy of a built page, or of one served by `astro dev`; `missing`: of the one for missing addresses. */
export const policyFor = (dev: boolean, missing = false): string =>
  (dev ? whileWriting : missing ? whereNothingIs : directives).join('; ');
