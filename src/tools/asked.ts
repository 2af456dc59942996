/** What is wrong with a slug given to a command, as a sentence; undefined when its paper is there. */
export function slugProblem(command: string, slug: string, there: string[]): string | undefined {
  if (there.includes(slug)) return undefined;
  return `${command}: found "${slug}", expected one of ${there.join(', ')}; mend the slug, or make the paper with npm run new ${slug.startsWith('-') ? '<slug>' : slug}.`;
}

/** Ends the command with a sentence. */
export function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
