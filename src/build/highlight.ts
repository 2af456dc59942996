import {
  createHighlighterCore,
  type DecorationItem,
  type HighlighterCore,
  type ThemedToken,
} from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import typescript from 'shiki/langs/typescript.mjs';
import githubDark from 'shiki/themes/github-dark.mjs';
import githubLight from 'shiki/themes/github-light.mjs';

/** Colours of the two themes that would be too faint on the site's paper, and what stands in for them. */
const colorReplacements = {
  'github-light': { '#e36209': '#a34400', '#6a737d': '#5d6068', '#d73a49': '#b92534', '#22863a': '#1b6f30' },
  'github-dark': { '#6a737d': '#8f959e' },
};
/**
 * The colours as classes, which `src/styles/notebook.css` gives back, and none for plain text: as a style on every
 * word they would be a third of a page.
 */
export const inkClasses: Record<string, string> = {
  '#24292E': '',
  '#b92534': 'tk',
  '#005CC5': 'tc',
  '#6F42C1': 'tf',
  '#032F62': 'ts',
  '#a34400': 'tv',
  '#5d6068': 'to',
  '#1b6f30': 'tr',
};
export const themes = { light: 'github-light', dark: 'github-dark' } as const;

let shared: Promise<HighlighterCore> | undefined;
const highlighter = () => {
  shared ??= createHighlighterCore({
    themes: [githubLight, githubDark],
    langs: [typescript],
    engine: createOnigurumaEngine(import('shiki/wasm')),
  });
  return shared;
};

/** Is this piece of text prose to the program: a string or a comment? */
function silent(scopes: string[]): boolean {
  const embedded = scopes.findLastIndex((scope) => scope.startsWith('meta.template.expression'));
  return scopes.slice(embedded + 1).some((scope) => /^(string|comment)\b/.test(scope));
}

/** Where the identifiers equal to a key stand in a cell, outside strings and comments. */
function marks(lines: ThemedToken[][], keys: string[]): DecorationItem[] {
  if (keys.length === 0) return [];
  const word = new RegExp(
    `(?<![\\w$])(?:${keys.map((k) => k.replaceAll('$', '\\$')).join('|')})(?![\\w$])`,
    'g',
  );
  return lines.flat().flatMap((token) => {
    let offset = token.offset;
    return (token.explanation ?? []).flatMap((piece) => {
      const start = offset;
      offset += piece.content.length;
      if (silent(piece.scopes.map((scope) => scope.scopeName))) return [];
      return [...piece.content.matchAll(word)].map((m) => mark(start + m.index, m[0]));
    });
  });
}

const mark = (start: number, key: string): DecorationItem => ({
  start,
  end: start + key.length,
  properties: { 'data-sym': key },
  alwaysWrap: true,
});

/** A cell as HTML: both themes as variables, symbols marked, every line with an address (`experiment-L12`). */
export async function highlightCell(name: string, source: string, keys: string[]): Promise<string> {
  const shiki = await highlighter();
  const code = source.trimEnd();
  // Shiki gives up a line after half a second, which a busy machine reaches: no limit.
  const read = { lang: 'typescript', tokenizeTimeLimit: 0 } as const;
  const lines = shiki.codeToTokensBase(code, {
    ...read,
    theme: themes.light,
    includeExplanation: 'scopeName',
  });
  return shiki.codeToHtml(code, {
    ...read,
    themes,
    colorReplacements,
    defaultColor: false,
    decorations: marks(lines, keys),
    transformers: [
      {
        line(node, line) {
          node.properties.id = `${name}-L${line}`;
        },
        span(node) {
          const colour = /--shiki-light:(#\w+)/.exec(String(node.properties.style))?.[1] ?? '';
          if (!(colour in inkClasses))
            throw new Error(
              `${name}.ts: found code in ${colour || 'no colour'}, expected one of ${Object.keys(inkClasses)}; give it a class in src/build/highlight.ts and src/styles/notebook.css`,
            );
          delete node.properties.style;
          if (inkClasses[colour]) node.properties.class = inkClasses[colour];
        },
        pre(node) {
          delete node.properties.style;
          node.properties.role = 'group';
          node.properties['data-pagefind-weight'] = '0.5';
          node.properties['aria-label'] = `${name}.ts`;
        },
      },
    ],
  });
}
