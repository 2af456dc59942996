/** What is wrong with a slug given to a command, as a sentence; undefined when its paper is there. */
export function slugProblem(command: string, slug: string, there: string[]): string | undefined {
  if (there.includes(slug)) return undefined;
  return `${command}: found "${slug}", expected one of ${there.join(', ')}; mend the slug, or make the paper with npm run new ${slug.startsWith('-') ? '<slug>' : slug}.`;
}

/** Why a word cannot be a slug, which is an address and a folder's name; undefined when it can. */
export const slugFault = (slug: string): string | undefined =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)
    ? undefined
    : `found the slug "${slug}", expected small letters, digits and single hyphens, such as my-paper; choose another`;

/** Ends the command with a sentence. */
export function quit(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
