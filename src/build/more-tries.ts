import { defineHastPlugin } from 'satteri';

/** How many things to try a page shows at once. */
const SHOWN = 4;

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** "Two more to try". */
const moreWords = (count: number): string => {
  const word = words[count] ?? String(count);
  return `${word[0].toUpperCase()}${word.slice(1)} more to try`;
};

const isItem = (node: any): boolean => node.type === 'element' && node.tagName === 'li';

/** Whether a list lies in the section of things to try: the heading before it says so. */
function isOfTries(siblings: any[], at: number): boolean {
  const heading = siblings.slice(0, at).findLast((node) => node.tagName === 'h2');
  return heading?.properties?.id === 'try';
}

/** A long list of things to try shows its first four; the others open on request. */
export const moreTries = defineHastPlugin({
  name: 'more-tries',
  element: [
    {
      filter: ['ul'],
      visit(node, ctx) {
        const parent: any = ctx.parent(node);
        const items = node.children.filter(isItem);
        if (items.length <= SHOWN || !isOfTries(parent.children, ctx.indexOf(node) ?? 0)) return;
        const list = (children: any[]): any => ({ type: 'element', tagName: 'ul', properties: {}, children });
        const summary: any = {
          type: 'element',
          tagName: 'summary',
          properties: {},
          children: [{ type: 'text', value: moreWords(items.length - SHOWN) }],
        };
        ctx.replaceNode(node, [
          list(items.slice(0, SHOWN)),
          {
            type: 'element',
            tagName: 'details',
            properties: { className: ['more-tries'] },
            children: [summary, list(items.slice(SHOWN))],
          } as any,
        ]);
      },
    },
  ],
});
