/** `npm run new <slug>`: a folder that builds, with a page, a mechanism, an experiment and a test to fill in. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sections } from '../../content/sections.ts';
import { quit, slugFault } from './asked.ts';
import { newPaperFiles } from './new-paper-files.ts';

const slug = process.argv[2];
if (!slug) quit('npm run new: found no slug, expected one, such as npm run new my-paper; add it.');
const fault = slugFault(slug);
if (fault) quit(`npm run new: ${fault}.`);
const section = sections.find(({ papers }) => papers.includes(slug));
if (!section)
  quit(
    `content/sections.ts: found no "${slug}", expected it in the list of a section; add it where it stands in the reading order, then run this again.`,
  );

const files = newPaperFiles(slug, section.id);
const there = Object.keys(files).find((file) => existsSync(file));
if (there)
  quit(`${there}: found a file that exists, expected none; move it away, or work on the paper as it is.`);

for (const [file, text] of Object.entries(files)) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
console.log(`${Object.keys(files).join('\n')}
are there. Next:
  npm run record ${slug}   runs it on three seeds and under every break
  npm run dev   serves the site: see http://localhost:4321/papers/${slug}/
  npm run look ${slug}   five pictures of the page, one after a live run
  npm test -- ${slug}   all that a paper must pass`);
