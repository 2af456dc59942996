import type { Output, Shown } from '../../protocol.ts';
import type { LiveSlot } from '../notebook/live-slot.ts';
import { paper } from '../notebook/site.ts';

/** An output without the frames of a slider: the one that is on screen. */
export type Still = Exclude<Output, { kind: 'scrub' }>;

/** A figure of the page, with what it was drawn from. */
export interface Subject {
  slug: string;
  shown: Shown;
  /** What is on screen: of a slider's frames the chosen one. */
  still: Still;
  title: string;
}

/** The frame of a slider that is on screen. */
function stillOf(slot: HTMLElement, output: Output): Still {
  if (output.kind !== 'scrub') return output;
  const range = slot.querySelector<HTMLInputElement>('[data-scrub]');
  const frame = output.frames[Number(range?.value)] ?? output.frames.at(-1);
  return frame?.output ?? { kind: 'table', rows: [] };
}

/** What a slot shows: of the last run here, else of the recording. @throws when the recording does not load. */
export async function subjectOf(slot: HTMLElement): Promise<Subject> {
  const slug = slot.closest<HTMLElement>('[data-slug]')?.dataset.slug ?? '';
  const id = slot.dataset.output ?? '';
  const shown = (slot as LiveSlot).shown ?? (await paper(slug)).recording.shown.find((one) => one.id === id);
  if (!shown) throw new Error(`the recording has no figure called ${id}`);
  const { output } = shown;
  const { version } = slot.dataset;
  const still = stillOf(slot, output);
  const title = ('title' in still && still.title) || ('title' in output && output.title) || shown.name;
  return {
    slug,
    shown,
    still,
    title: version ? `${title}, ${version}` : title,
  };
}
