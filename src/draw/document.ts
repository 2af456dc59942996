import { HTMLDocument } from 'linkedom/document';

let made: Document | undefined;

function fresh(): Document {
  const document = new HTMLDocument() as unknown as Document;
  document.append(document.createElement('html'));
  return document;
}

/** A document to draw in, where there is no page. */
export const drawingDocument = (): Document => (made ??= fresh());
