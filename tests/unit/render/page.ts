import { parseHTML } from 'linkedom';

/** A document to render into, as the build has it. */
export function newDocument(): Document {
  return parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document;
}
