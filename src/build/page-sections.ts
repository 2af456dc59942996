/** The author's sections of a paper's page, in their fixed order. */
export const pageSections = [
  { id: 'idea', title: 'The idea' },
  { id: 'formulas', title: 'The formulas' },
  { id: 'notebook', title: 'The notebook' },
  { id: 'reports', title: 'What the paper reports' },
  { id: 'limits', title: 'What this does not show' },
  { id: 'try', title: 'Try this' },
] as const;

/** Sections that every page has after the author's own. */
export const endSections = [
  { id: 'related', title: 'Related papers here' },
  { id: 'take', title: 'Take it along' },
  { id: 'cite', title: 'How to cite' },
] as const;

const all = [...pageSections, ...endSections];

/** The heading of a section, as the list of contents has it. */
export const sectionTitle = (id: (typeof all)[number]['id']): string =>
  all.find((section) => section.id === id)!.title;
