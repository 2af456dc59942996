/** Packages without types of their own: the parts the build uses. */
declare module 'subset-font' {
  export default function subsetFont(
    font: Buffer,
    letters: string,
    options: { targetFormat: 'woff2'; variationAxes?: Record<string, number | { min: number; max: number }> },
  ): Promise<Buffer>;
}
declare module 'js-yaml' {
  export function load(yaml: string): unknown;
}
