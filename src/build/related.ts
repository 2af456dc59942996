/** Which papers a page leads to: those that it names, and those that name it. */

interface Paper {
  id: string;
  data: { title: string; summary: string; related: { slug: string; why: string }[] };
}

export interface RelatedPaper {
  slug: string;
  title: string;
  /** Why it is worth reading beside this one: in this page's words, or what the other page says of itself. */
  why: string;
}

/** Of the papers that stand, first those that `slug` names, in its order, then the others that name it, in theirs. */
export function relatedPapers(slug: string, papers: Paper[]): RelatedPaper[] {
  const own = papers.find(({ id }) => id === slug)?.data.related ?? [];
  const named = own.flatMap(({ slug: other, why }) => {
    const found = papers.find(({ id }) => id === other);
    return found ? [{ slug: other, title: found.data.title, why }] : [];
  });
  const naming = papers.filter(
    ({ id, data }) =>
      id !== slug &&
      data.related.some((entry) => entry.slug === slug) &&
      !own.some((entry) => entry.slug === id),
  );
  return [...named, ...naming.map(({ id, data }) => ({ slug: id, title: data.title, why: data.summary }))];
}
