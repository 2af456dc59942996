/** The sections of a paper's page, in their fixed order; the last two are added by the layout. */
export const pageSections = [
  { id: 'idea', title: 'The idea' },
  { id: 'formulas', title: 'The formulas' },
  { id: 'notebook', title: 'The notebook' },
  { id: 'reports', title: 'What the paper reports' },
  { id: 'limits', title: 'What this does not show' },
  { id: 'try', title: 'Try this' },
] as const;

/** Sections after the author's own. */
export const endSections = [
  { id: 'related', title: 'Related papers here' },
  { id: 'cite', title: 'How to cite' },
] as const;
