/** A downloaded notebook in Node: its checks go to the terminal, its figures to files beside it. */
import * as tf from '@tensorflow/tfjs-core';
import { drawingDocument } from '../draw/document.ts';
import type { Shown } from '../protocol.ts';
import { checkLines, csvOf, formatNumber, settingInWords, textOf } from '../render/in-text.ts';
import type { Colours } from '../render/plain-colours.ts';
import { svgFile } from '../render/svg-file.ts';
import { type About, dataFile, openProgram, packageLoaders, settingsOf } from './program.ts';

interface Given {
  about: About;
  colours: Colours;
  /** Data files by their name on the site, as base64. */
  files: Record<string, string>;
  wasm(): Promise<unknown>;
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const { mkdirSync, writeFileSync } = process.getBuiltinModule('node:fs');

const names = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'plain JavaScript' };

/** Writes what one cell showed; gives the names of the files. */
function write(folder: string, { id, output }: Shown, colours: Colours): string[] {
  const svg = svgFile(output, drawingDocument(), colours);
  const table = output.kind === 'table' ? csvOf(output) : null;
  const files: [string, string | null][] = [
    [`${id}.svg`, svg],
    [`${id}.csv`, table],
  ];
  const written = files.filter((one): one is [string, string] => one[1] !== null);
  for (const [name, text] of written) writeFileSync(`${folder}/${name}`, text);
  return written.map(([name]) => `${folder}/${name}`);
}

/** Starts TensorFlow.js, on WASM where its package is installed. */
export async function start({ about, colours, files, wasm }: Given) {
  let settings: Record<string, string | number | boolean> = {};
  try {
    settings = settingsOf(process.argv.slice(2), about);
  } catch (error) {
    say((error as Error).message);
    process.exit(2);
  }
  const there = await wasm().then(
    () => true,
    () => false,
  );
  const folder = `${about.slug}-figures`;
  mkdirSync(folder, { recursive: true });
  const { cell, summary } = await openProgram(about, {
    backend: there ? 'wasm' : 'cpu',
    loaders: packageLoaders(tf, wasm),
    settings,
    file: (name) => dataFile(files, about, name),
    opened({ backend, agree, operations }) {
      const at = Object.keys(settings).length > 0 ? `, with ${settingInWords(settings)}` : '';
      say(
        `${about.title}\nruns on ${names[backend]}, ${agree} of ${operations} operations as they should be${at}`,
      );
      if (!there) say('It runs many times faster after: npm i @tensorflow/tfjs-backend-wasm');
    },
    cell: (name) => say(`\n${name}.ts`),
    check: (check, recorded) => say(`  ${checkLines(check, recorded).replace('\n', '\n  ')}`),
    async shown(shown) {
      for (const one of shown) {
        for (const file of write(folder, one, colours)) say(`  figure   ${one.name}: ${file}`);
        const text = textOf(one.output);
        if (text) say(`  ${one.name}\n${text.replace(/^/gm, '    ')}`);
      }
    },
  });
  return {
    cell,
    /** Counts the checks and writes them down; the exit code is 1 when one fails. */
    end() {
      const done = summary();
      const held = done.checks.filter(({ holds }) => holds).length;
      writeFileSync(`${folder}/checks.json`, `${JSON.stringify(done, null, 2)}\n`);
      say(`\n${held} of ${done.checks.length} checks hold, ${formatNumber(done.milliseconds / 1000)} s`);
      process.exitCode = held === done.checks.length ? 0 : 1;
    },
  };
}
