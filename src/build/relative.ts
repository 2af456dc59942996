import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { gluePunctuation } from './glue.ts';

/** Steps from a file of the site up to its root: "." or "../..". */
const up = (file: string): string => path.posix.relative(path.posix.dirname(file), '.') || '.';

/** Root-absolute addresses of a page, made relative. Folders get their index.html, so that links work from the disk. */
export function relativeHtml(html: string, file: string): string {
  const root = up(file);
  return gluePunctuation(html)
    .replace(/(\s(?:href|src)=")\/(?!\/)([^"#?]*)/g, (_, attribute, url) => {
      const index = url === '' || url.endsWith('/') ? 'index.html' : '';
      return `${attribute}${root}/${url}${index}`;
    })
    .replace(/(\shref="\.\.?\/(?:[^"#?]*\/)?)(?=["#?])/g, '$1index.html')
    .replace(/(\sdata-base=")\/(?=")/g, `$1${root}/`);
}

/** Root-absolute `url(/…)` of a stylesheet, made relative. */
export function relativeCss(css: string, file: string): string {
  return css.replace(/url\((["']?)\/(?!\/)/g, `url($1${up(file)}/`);
}

/** Makes dist/ run under any prefix, and from a disk. */
export function relativeUrls(): AstroIntegration {
  return {
    name: 'relative-urls',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const file of await readdir(root, { recursive: true })) {
          const rewrite = file.endsWith('.html') ? relativeHtml : file.endsWith('.css') ? relativeCss : null;
          if (!rewrite) continue;
          const at = path.join(root, file);
          await writeFile(at, rewrite(await readFile(at, 'utf8'), file.split(path.sep).join('/')));
        }
      },
    },
  };
}
