import { HighlightStyle } from '@codemirror/language';
import { tags as t } from '@lezer/highlight';

/** The inks of code, as `src/styles/editor.css` gives them to the field: those that the page's own code has. */
const ink = (name: string) => ({ color: `var(--code-${name})` });

/** The colours of the page's code, as far as a parser in the browser tells the same words apart. */
export const inks = HighlightStyle.define([
  { tag: [t.keyword, t.operator, t.modifier, t.definitionOperator], ...ink('tk') },
  { tag: [t.number, t.bool, t.null, t.constant(t.variableName), t.self, t.atom], ...ink('tc') },
  {
    tag: [t.function(t.variableName), t.function(t.propertyName), t.function(t.definition(t.variableName))],
    ...ink('tf'),
  },
  { tag: [t.className, t.typeName], ...ink('tf') },
  { tag: [t.string, t.special(t.string), t.regexp, t.escape], ...ink('ts') },
  { tag: [t.comment], ...ink('to') },
  // The page's code has these in plain ink: an operator of its own is the dot, too.
  { tag: [t.derefOperator, t.punctuation, t.paren, t.brace, t.squareBracket, t.separator], color: 'inherit' },
]);
