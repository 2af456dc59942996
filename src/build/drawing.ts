import { parseHTML } from 'linkedom';
import type { ControlSpec, ControlValue, Output, Recording } from '../protocol.ts';
import { renderCheck, renderControl, renderOutput } from '../render/index.ts';

/** A document to draw in: the same functions draw on the page. */
const { document } = parseHTML('<!doctype html><html><head></head><body></body></html>');

/** The same, for drawings that become files. */
export const drawingDocument = document as unknown as Document;

const html = (node: unknown): string => (node as { outerHTML: string }).outerHTML;

/** An output as HTML, at the width it will be shown at; a thumbnail has one size. */
export const drawOutput = (output: Output, size: { width: number } | { thumb: true }): string =>
  html(renderOutput(output, document as unknown as Document, size));

/** A check as its row, with what the recording knows of it: further seeds, and the check under its break. */
export function drawCheck(recording: Recording, at: number): string {
  const seeds = recording.seeds.map((seed) => ({ measured: seed.measured[at], holds: seed.holds[at] }));
  const extra = { seeds, broken: recording.broken[at] };
  return html(renderCheck(recording.checks[at], document as unknown as Document, extra));
}

/** A control at a value. */
export const drawControl = (spec: ControlSpec, value: ControlValue = spec.value): string =>
  html(renderControl(spec, value, document as unknown as Document));
