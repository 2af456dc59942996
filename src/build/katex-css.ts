/** Keeps the woff2 fonts of KaTeX's stylesheet only: every browser that runs this site reads them. */
export const katexCss = {
  name: 'katex-css',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (!/katex(\.min)?\.css/.test(id)) return null;
    return code
      .replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, '')
      .replace(/font-display:\s*block/g, 'font-display:swap');
  },
};
