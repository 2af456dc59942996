/** The two addresses that a build may be told: where the site will stand, and where its mistakes are collected. */

function addressOf(variable: string, text: string | undefined, example: string): string | undefined {
  if (!text) return undefined;
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address && /^https?:$/.test(address.protocol))
    return `${address.origin}${address.pathname.replace(/\/*$/, '/')}`;
  throw new Error(
    `${variable}: found "${text}", expected an address such as ${example}. Correct the variable, or leave it out.`,
  );
}

/** The address of the site's root, with a slash at its end. @throws when the text is no address. */
export const siteOf = (text: string | undefined): string | undefined =>
  addressOf('SITE', text, 'https://example.org/papers/');

/** The address of the repository, without a slash at its end. @throws when the text is no address. */
export const repositoryOf = (text: string | undefined): string | undefined =>
  addressOf('REPOSITORY', text, 'https://example.org/people/project')?.replace(/\/$/, '');

/** What the build variables say: undefined where they are not set. Then nothing that needs them is written. */
export const site = siteOf(process.env.SITE);
export const repository = repositoryOf(process.env.REPOSITORY);

/** The full address of a page or file of the site, where its own is known. */
export const fullAddress = (path: string, root = site): string | undefined =>
  root && new URL(path, root).href;

/** Where the picture lies that a link to a paper's page shows elsewhere. */
export const cardOf = (slug: string): string => `_site/cards/${slug}.png`;
