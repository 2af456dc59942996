import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, say, together } from './run/command.ts';
import { add, type Options, type Outcome, type Result } from './run/layer.ts';
import { build, check, inBrowser, inNode } from './run/layers.ts';
import { browserLayers, canLook, lanesOf, readOptions } from './run/options.ts';

const papersFolder = join(root, 'content/papers');
const papers = (existsSync(papersFolder) ? readdirSync(papersFolder, { withFileTypes: true }) : [])
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

async function runLayer(layer: string, options: Options, built: boolean): Promise<Outcome> {
  if (layer === 'check') return check(options);
  if (layer === 'build') return build(options);
  if (!browserLayers.includes(layer)) return inNode(layer, options);
  return inBrowser(layer, options, canLook(layer, built));
}

async function runOne(layer: string, options: Options, built: boolean): Promise<Result> {
  say(`\n── ${layer} ${'─'.repeat(Math.max(0, 60 - layer.length))}`);
  const start = performance.now();
  const outcome = await runLayer(layer, options, built);
  return { layer, ...outcome, seconds: (performance.now() - start) / 1000 };
}

async function runLane(layers: string[], options: Options): Promise<Result[]> {
  const results: Result[] = [];
  for (const layer of layers) {
    const built = !results.some((result) => result.layer === 'build' && result.failed > 0);
    results.push(await runOne(layer, options, built));
  }
  return results;
}

async function runAll(options: Options): Promise<Result[]> {
  const lanes = lanesOf(options);
  if (lanes.length === 1) return runLane(lanes[0], options);
  return (await together(lanes.map((lane) => () => runLane(lane, options)))).flat();
}

function printSummary(results: Result[]): void {
  const row = (cells: (string | number)[]) =>
    cells.map((cell, i) => (i ? String(cell).padStart(9) : String(cell).padEnd(10))).join('');
  console.log(`\n${row(['layer', 'passed', 'failed', 'skipped', 'seconds'])}`);
  for (const { layer, passed, failed, skipped, seconds } of results) {
    console.log(row([layer, passed, failed, skipped, seconds.toFixed(1)]));
  }
  // Once more, where the end of a long log is all that is seen.
  for (const { layer, failures } of results) for (const name of failures) console.log(`✗ ${layer}: ${name}`);
  const { passed, failed } = add(results);
  console.log(`\n${passed} passed, ${failed} failed`);
}

function readWords(): Options {
  try {
    return readOptions(process.argv.slice(2), papers);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

const results = await runAll(readWords());
printSummary(results);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
