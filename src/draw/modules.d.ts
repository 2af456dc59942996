/** The part of linkedom that draws, without what it has for reading; see src/build/drawing-dom.ts. */
declare module 'linkedom/document' {
  export class HTMLDocument {}
}
