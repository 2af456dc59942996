import { createHighlighterCore, type HighlighterCore, type ThemedToken } from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import typescript from 'shiki/langs/typescript.mjs';
import githubLight from 'shiki/themes/github-light.mjs';

/** Colours of the theme that would be too faint on the site's paper, and what stands in for them. */
const colorReplacements = {
  'github-light': { '#e36209': '#a34400', '#6a737d': '#5d6068', '#d73a49': '#b92534', '#22863a': '#1b6f30' },
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

let shared: Promise<HighlighterCore> | undefined;
const highlighter = () => {
  shared ??= createHighlighterCore({
    themes: [githubLight],
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

const wordsOf = (keys: string[]) =>
  new RegExp(`(?<![\\w$])(?:${keys.map((key) => key.replaceAll('$', '\\$')).join('|')})(?![\\w$])`, 'g');

/** A token in pieces: those that are identifiers equal to a key carry it, outside strings and comments. */
function marked(token: ThemedToken, words: RegExp): ThemedToken[] {
  const cuts: { from: number; to: number; key: string }[] = [];
  const explained = token.explanation ?? [];
  // Space before a token is its content, too, but is not explained.
  let at = token.content.length - explained.reduce((sum, { content }) => sum + content.length, 0);
  for (const { content, scopes } of explained) {
    if (!silent(scopes.map((scope) => scope.scopeName)))
      for (const { index, 0: key } of content.matchAll(words))
        cuts.push({ from: at + index, to: at + index + key.length, key });
    at += content.length;
  }
  const piece = (from: number, to: number, key?: string): ThemedToken => ({
    ...token,
    content: token.content.slice(from, to),
    offset: token.offset + from,
    htmlAttrs: key ? { 'data-sym': key } : undefined,
  });
  const ends = [0, ...cuts.map(({ to }) => to)];
  const pieces = cuts.flatMap(({ from, to, key }, i) => [piece(ends[i], from), piece(from, to, key)]);
  return [...pieces, piece(ends.at(-1)!, token.content.length)].filter(({ content }) => content !== '');
}

/** A cell as HTML: inks as classes, symbols marked, every line with an address (`experiment-L12`). */
export async function highlightCell(name: string, source: string, keys: string[]): Promise<string> {
  const shiki = await highlighter();
  const words = keys.length > 0 ? wordsOf(keys) : undefined;
  return shiki.codeToHtml(source.trimEnd(), {
    lang: 'typescript',
    // Shiki gives up a line after half a second, which a busy machine reaches: no limit.
    tokenizeTimeLimit: 0,
    theme: 'github-light',
    colorReplacements,
    includeExplanation: words && 'scopeName',
    transformers: [
      {
        tokens: (lines) =>
          words ? lines.map((line) => line.flatMap((token) => marked(token, words))) : lines,
        line(node, line) {
          node.properties.id = `${name}-L${line}`;
        },
        span(node) {
          const colour = /(?:^|;)color:(#\w+)/.exec(String(node.properties.style))?.[1] ?? '';
          if (!(colour in inkClasses))
            throw new Error(
              `${name}.ts: found code in ${colour || 'no colour'}, expected one of ${Object.keys(inkClasses)}; give it a class in src/build/highlight.ts and src/styles/notebook.css`,
            );
          const key = node.properties['data-sym'];
          node.properties = inkClasses[colour] ? { class: inkClasses[colour] } : {};
          // A symbol has an element of its own: classes of the ink are not its.
          if (key) return { ...node, properties: { 'data-sym': key }, children: [node] };
        },
        pre(node) {
          delete node.properties.style;
          node.properties.class = 'shiki';
          node.properties.role = 'group';
          node.properties['data-pagefind-weight'] = '0.5';
          node.properties['aria-label'] = `${name}.ts`;
        },
      },
    ],
  });
}
