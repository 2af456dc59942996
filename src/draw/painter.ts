import type { Output, ScrubOutput } from '../protocol.ts';
import { renderOutput } from '../render/output.ts';
import type { Frame } from '../render/put-frame.ts';
import { frameOf } from '../render/scrub.ts';

/** An output to be drawn whole, or one frame of a scrub. */
export interface Task {
  width: number;
  /** Left out where it was sent before and is kept. */
  output?: Output;
  frame?: number;
  /** Under which number a scrub is kept for its next frames, and which number is to be forgotten. */
  keep?: number;
  forget?: number;
}

/** What comes back: markup, and of a frame the words that stand beside it. */
export interface Painted extends Partial<Omit<Frame, 'drawing'>> {
  markup: string;
}

/** Draws what a page asks for, in a document that is not the page's. */
export function createPainter(document: Document): (task: Task) => Painted {
  const kept = new Map<number, ScrubOutput>();

  function frame({ output, frame, width, keep = -1, forget = -1 }: Task): Painted {
    kept.delete(forget);
    const scrub = (output as ScrubOutput) ?? kept.get(keep);
    if (keep >= 0) kept.set(keep, scrub);
    const { drawing, ...words } = frameOf(scrub, frame!, document, width);
    return { markup: drawing.outerHTML, ...words };
  }

  return (task) =>
    task.frame === undefined
      ? { markup: renderOutput(task.output!, document, { width: task.width }).outerHTML }
      : frame(task);
}
