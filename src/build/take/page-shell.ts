import { marks } from '../../take-files/single.ts';

const inside =
  'You are reading it: this is the page as one HTML file, which carries its notebook, its data and TensorFlow.js with it. It runs without a network. Search, other pages and the other files to take along are on the site.';

/** A built page without what the single file brings in another way, and without what works on a site alone. */
export function pageShell(html: string, icon: string): string {
  const drop: RegExp[] = [
    /<meta http-equiv="Content-Security-Policy"[^>]*>/g,
    /<link rel="(?:stylesheet|early-font|preload|icon)"[^>]*>/g,
    /<script\b[^>]*\ssrc="[^"]*"[^>]*><\/script>/g,
    /<button type="button" class="search-open"[\s\S]*?<\/button>/g,
    // Embedding and reports are of the site.
    /<h3 id="(?:embed-here|report-a-mistake)"[\s\S]*?(?=<nav class="neighbours"|<\/section>)/g,
    /<dialog class="search"[\s\S]*?<\/dialog>/g,
    /\sdata-pagefind-[\w-]+(?:="[^"]*")?/g,
  ];
  const bare = drop.reduce((text, pattern) => text.replace(pattern, ''), html);
  const own = `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}">`;
  return bare
    .replace('<html', '<html data-one-file')
    .replace(/(<p class="cost" data-cost>)[^<]*/, '$1')
    .replace(/<div data-take-along>[\s\S]*?<\/div>/, `<p>${inside}</p>`)
    .replace('</head>', `${own}${marks.head}</head>`)
    .replace('</body>', `${marks.end}</body>`);
}
