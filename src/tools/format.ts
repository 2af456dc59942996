/** `npm run format [-- file or folder…]`: layout and imports by the house rules; everything without a name. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { quit } from './asked.ts';
import { packCells } from './pack-imports.ts';

const asked = process.argv.slice(2);
for (const name of asked)
  if (!existsSync(name))
    quit(`npm run format: found no ${name}, expected files or folders of the project; mend the name.`);

const biome = spawnSync('node_modules/.bin/biome', ['check', '--write', ...asked], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const within = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).map((file) =>
    path.posix.join(folder, file.replaceAll(path.sep, '/')),
  );
const files = (asked.length > 0 ? asked : ['content/papers']).flatMap((name) =>
  statSync(name).isDirectory() ? within(name) : [name],
);
packCells(files.filter((file) => /^(\.\/)?content\/papers\/.*\.ts$/.test(file)));
process.exitCode = biome.status ?? 1;
