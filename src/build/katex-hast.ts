import { fileURLToPath } from 'node:url';
import { defineHastPlugin, type HastNode, type HastVisitorContext, htmlToHast } from 'satteri';
import { renderDisplay, renderTex } from './katex.ts';

/** Drops the attribute that the HTML reader writes as `:xmlns`. */
function clean(node: any): any {
  if (node.properties) delete node.properties[':xmlns'];
  node.children?.forEach(clean);
  return node;
}

const toNode = (html: string): HastNode => clean((htmlToHast(html, { fragment: true }) as any).children[0]);

/** A formula that does not parse names its file. The check before the build says more; this one guards the guide. */
function drawn(tex: string, display: boolean, ctx: HastVisitorContext): HastNode {
  try {
    return toNode(display ? renderDisplay(tex) : renderTex(tex));
  } catch (error) {
    const file = ctx.fileURL ? fileURLToPath(ctx.fileURL) : 'a page';
    throw new Error(`${file}: formula ${tex.trim()} does not parse: ${(error as Error).message}`);
  }
}

const classes = (node: any): string[] => node.properties?.className ?? [];

/** Formulas of Markdown and MDX, set at build. A HAST plugin, because raw HTML would be read as Markdown again. */
export const katexHast = defineHastPlugin({
  name: 'katex-hast',
  element: [
    {
      filter: ['pre'],
      visit(node, ctx) {
        const code: any = node.children?.[0];
        if (code?.tagName === 'code' && classes(code).includes('math-display'))
          return drawn(ctx.textContent(code), true, ctx);
      },
    },
    {
      filter: ['code'],
      visit(node, ctx) {
        if (classes(node).includes('math-inline')) return drawn(ctx.textContent(node), false, ctx);
      },
    },
  ],
});
