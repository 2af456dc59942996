import { byline, paperLink } from '../cite.ts';
import type { Paper } from '../paper.ts';
import { controlKeys } from './notebook-file.ts';

/** The first lines of a program: what it is, how it is run. */
export function openingOf({ slug, data, recording }: Paper): string {
  const controls = controlKeys(recording);
  const example = `${controls[0] ?? 'seed'}=${controls[0] ? '…' : '3'}`;
  return `// @ts-nocheck: the types are for reading; Node takes them out when it runs the file.
/*
 * ${data.title}
 * ${byline(data)}, ${data.venue}${paperLink(data) ? `, ${paperLink(data)}` : ''}
 *
 * The notebook of a page of Working Papers, as a program for Node 22.18 or newer:
 *
 *   npm i @tensorflow/tfjs                 once, in the folder of this file
 *   npm i @tensorflow/tfjs-backend-wasm    if you like: many times faster
 *   node ${slug}.ts
 *   node ${slug}.ts ${example.padEnd(Math.max(12, 30 - slug.length))} at other settings: ${['seed', ...controls].join(', ')}
 *
 * It prints its checks, and writes figures (SVG), tables (CSV) and checks.json into ${slug}-figures/.
 * The exit code is 1 when a check fails. First come the cells, as the page has them: each a function that
 * takes what it imports by use() and returns what it exports. Below them lie the data and the lab.
 *
 * Code: MIT. Text and figures: CC BY 4.0.
 */`;
}
