/** A downloaded notebook in Deno's Jupyter kernel: checks and figures appear under their cells. */
import * as tf from '@tensorflow/tfjs-core';
import { drawingDocument } from '../draw/document.ts';
import type { CheckResult, Settings, Shown } from '../protocol.ts';
import { boundInWords, formatNumber, textOf } from '../render/in-text.ts';
import type { Colours } from '../render/plain-colours.ts';
import { svgFile } from '../render/svg-file.ts';
import { type About, dataFile, openProgram, packageLoaders } from './program.ts';

interface Jupyter {
  display(bundle: Record<string, string>, options: { raw: true }): Promise<void>;
}

/** Deno's own, in a notebook; elsewhere asking for it throws, and what is shown goes to the console. */
function jupyter(): Jupyter | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: Jupyter } }).Deno?.jupyter;
  } catch {
    return undefined;
  }
}

async function display(bundle: Record<string, string>): Promise<void> {
  const place = jupyter();
  if (place) return place.display(bundle, { raw: true });
  console.log(bundle['text/markdown'] ?? `figure: ${bundle['text/plain']}`);
}

/** One check as a line of Markdown. */
export const checkInMarkdown = (check: CheckResult): string =>
  `${check.holds ? '✓ holds' : '**✗ fails**'} – ${check.claim}: **${formatNumber(check.measured)}** (${check.holds ? '' : 'not '}${boundInWords(check.bound)}), because ${check.because}`;

interface Given {
  about: About;
  colours: Colours;
  /** Data files by their name on the site, as base64. */
  files: Record<string, string>;
  wasm(): Promise<unknown>;
  settings?: Settings;
}

/** Starts TensorFlow.js on WASM. */
export async function start({ about, colours, files, wasm, settings = {} }: Given) {
  let checks: CheckResult[] = [];
  let ready = '';
  const { cell, summary } = await openProgram(about, {
    backend: 'wasm',
    loaders: packageLoaders(tf, wasm),
    settings,
    file: (name) => dataFile(files, about, name),
    opened: ({ backend, agree, operations }) =>
      (ready = `TensorFlow.js runs on ${backend}: ${agree} of ${operations} operations as they should be.`),
    cell: () => (checks = []),
    check: (check) => checks.push(check),
    async shown(shown: Shown[]) {
      for (const { output, name } of shown) {
        const svg = svgFile(output, drawingDocument(), colours);
        if (svg) await display({ 'image/svg+xml': svg, 'text/plain': name });
        else await display({ 'text/markdown': textOf(output), 'text/plain': name });
      }
      const lines = checks.map((check) => `- ${checkInMarkdown(check)}`).join('\n');
      if (lines) await display({ 'text/markdown': lines, 'text/plain': lines });
      // What is shown in a cell's last moment can come after its end, where it is lost.
      if (jupyter()) await new Promise((resolve) => setTimeout(resolve, 150));
    },
  });
  // The value of a cell's last line would be shown under it.
  return { cell: async (...given: Parameters<typeof cell>) => void (await cell(...given)), summary, ready };
}
