/**
 * Draws figures away from the page: in a worker, in a document that is made for drawing, as the build has one. Where
 * no worker can be had it is a script of the page, and draws there in the same way.
 */
import { drawingDocument } from './document.ts';
import { createPainter, type Task } from './painter.ts';

const paint = createPainter(drawingDocument());

function answer({ data: { id, task } }: MessageEvent<{ id: number; task: Task }>): void {
  try {
    postMessage({ id, painted: paint(task) });
  } catch (error) {
    postMessage({ id, error: (error as Error).message });
  }
}

if (typeof document === 'undefined') {
  self.onmessage = answer;
  postMessage('ready');
} else Object.assign(window, { paint });
