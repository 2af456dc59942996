/** What a report says. No address of a person, no file: what stands in the text is all there is. */
export interface Facts {
  words: string;
  title: string;
  address: string;
  /** A cell's name; '' for the page as a whole. */
  cell: string;
  /** What the address sets, in words; '' at the defaults. */
  settings: string;
  seed: string;
  /** Which run is on screen, in the page's own words. */
  run: string;
  backend: string;
  adapter: string;
  checks: { verdict: string; claim: string; figures: string }[];
  errors: string[];
  version: string;
  release: string;
  browser: string;
}

/** The report as text to read, to copy and to send; Markdown, as repositories take it. */
export function reportText(facts: Facts): string {
  const lines = [
    `Page: ${facts.title}, ${facts.address}`,
    `Cell: ${facts.cell ? `${facts.cell}.ts` : 'none, the page as a whole'}`,
    `Settings: ${facts.settings || 'the defaults'}`,
    `Seed: ${facts.seed}`,
    `On screen: ${facts.run}`,
    `Backend: ${facts.backend}`,
    `Adapter: ${facts.adapter}`,
    ...facts.errors.map((error) => `Error: ${error}`),
    `Version: ${facts.version}${facts.release ? `, release ${facts.release}` : ''}`,
    `Browser: ${facts.browser}`,
  ];
  const checks = facts.checks.map(({ verdict, claim, figures }) => `- ${verdict}: ${claim}: ${figures}`);
  return [
    facts.words.trim() || '(What is wrong?)',
    '',
    ...lines.map((line) => `- ${line}`),
    ...(checks.length ? ['', 'Checks:', '', ...checks] : []),
    '',
  ].join('\n');
}

/** Hosts refuse longer addresses. */
const MOST = 7000;
const CUT = '\n\n(Cut: the whole text does not fit into an address. Please paste the copied one.)';

/** The address at which a repository takes a new issue, with the text filled in. Most hosts read one form, GitLab its own. */
export function issueAddress(repository: string, title: string, text: string): string {
  const isGitlab = /gitlab/.test(new URL(repository).host);
  const [path, heading, body] = isGitlab
    ? ['/-/issues/new', 'issue[title]', 'issue[description]']
    : ['/issues/new', 'title', 'body'];
  const addressWith = (words: string) =>
    `${repository}${path}?${new URLSearchParams({ [heading]: title, [body]: words })}`;
  if (addressWith(text).length <= MOST) return addressWith(text);
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (addressWith(text.slice(0, middle) + CUT).length <= MOST) low = middle;
    else high = middle - 1;
  }
  return addressWith(text.slice(0, low) + CUT);
}
