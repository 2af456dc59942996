import type {
  ImagesOutput,
  Output,
  PlotOutput,
  Row,
  ScrubOutput,
  TableOutput,
  TextOutput,
} from '../protocol.ts';
import type { Host } from './host.ts';
import { LabError } from './host.ts';

/** What `show` takes: a plot, pictures, a scrub, an array of records (a table), a Markdown string. */
export type Showable = PlotOutput | ImagesOutput | ScrubOutput | TableOutput | readonly object[] | string;

/** A showable as the data that is recorded and drawn. @throws when it is none of them. */
export function outputOf(name: string, value: Showable): Output {
  if (typeof value === 'string') return { kind: 'text', markdown: value } satisfies TextOutput;
  if (Array.isArray(value)) return { kind: 'table', title: name, rows: value as Row[] };
  if (typeof value === 'object' && value !== null && 'kind' in value) return value as Output;
  const found = value instanceof Promise ? 'a promise' : typeof value;
  throw new LabError(
    `show('${name}') takes a plot, images, an array of records or Markdown, found ${found}`,
    value instanceof Promise
      ? 'Await it first.'
      : 'Give one of these; the values of a tensor come from await toArray(x).',
  );
}

/** What a scrub shows at one position of its slider. @throws when it is a scrub itself. */
function frameOf(name: string, value: Showable): ScrubOutput['frames'][number]['output'] {
  const output = outputOf(name, value);
  if (output.kind !== 'scrub') return output;
  throw new LabError(
    `scrub('${name}') has a frame that is a scrub itself`,
    'Give a plot, images, an array of records or Markdown for each frame.',
  );
}

/** `show(name, output)`: shows the output, or replaces the one of the same name. */
export const createShow = (host: Host) =>
  function show(name: string, output: Showable): void {
    host.show(name, outputOf(name, output));
  };

/** The same figure over recorded frames, with a slider for the reader: `scrub('digits', frames, 'step')`. */
export const createScrub = (host: Host) =>
  function scrub(name: string, frames: { at: number | string; output: Showable }[], label: string): void {
    if (frames.length === 0)
      throw new LabError(`scrub('${name}') has no frames`, 'Keep one in the loop before it: { at, output }.');
    const drawn = frames.map(({ at, output }) => ({ at, output: frameOf(name, output) }));
    const last = drawn.at(-1)!.output;
    const title = 'title' in last ? last.title : undefined;
    host.show(name, { kind: 'scrub', title, label, frames: drawn });
  };
