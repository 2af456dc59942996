/**
 * What a page may load: its own origin and blobs made on it, nothing else. No inline script anywhere; style
 * attributes are allowed because KaTeX and Shiki write them. 'wasm-unsafe-eval' is for the search and for tfjs.
 */
export const policy = [
  "default-src 'self'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');
