/** What stops a build: what was found, what was expected, in which file, and what to do about it. */
export interface Problem {
  /** Path from the root of the project. */
  file: string;
  found: string;
  expected: string;
  remedy: string;
}

/** The one sentence an author reads. */
export function sentence(problem: Problem): string {
  return `${problem.file}: found ${problem.found}, expected ${problem.expected}; ${problem.remedy}.`;
}

/** The error that carries all problems of a build at once, so that an author mends them in one go. */
export class ContentError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map(sentence).join('\n'));
    this.name = 'ContentError';
    this.problems = problems;
    // Where it was thrown says nothing of where the content is wrong.
    this.stack = `${this.name}: ${this.message}`;
  }
}
