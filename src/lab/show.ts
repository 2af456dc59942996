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
export function outputOf(name: string, value: Showable): Exclude<Output, never> {
  if (typeof value === 'string') return { kind: 'text', markdown: value } satisfies TextOutput;
  if (Array.isArray(value)) return { kind: 'table', title: name, rows: value as Row[] };
  if (typeof value === 'object' && value !== null && 'kind' in value) return value as Output;
  const found = value instanceof Promise ? 'a promise' : typeof value;
  throw new LabError(
    `show('${name}') takes a plot, images, an array of records or Markdown, found ${found}`,
    value instanceof Promise ? 'Await it first.' : undefined,
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
    if (frames.length === 0) throw new LabError(`scrub('${name}') has no frames`);
    const drawn = frames.map(({ at, output }) => ({ at, output: outputOf(name, output) as PlotOutput }));
    host.show(name, { kind: 'scrub', title: drawn.at(-1)!.output.title, label, frames: drawn });
  };
