/** Is there a GPU? Asked before the WebGPU backend is loaded, which trips over a missing adapter. */

/** A usable adapter in words, or why there is none. */
export type Probe = { device: string } | { refused: string };

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Asks `gpu` (navigator.gpu) for an adapter; one made of software counts as none unless allowed. */
export async function probe(gpu: GPU | undefined, allowSoftware: boolean): Promise<Probe> {
  if (!gpu) return { refused: missing() };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { refused: 'This browser has WebGPU but found no graphics adapter for it' };
  const device = words(adapter.info);
  if (isSoftware(adapter) && !allowSoftware)
    return { refused: `The only WebGPU adapter is a software one (${device}), which is slower than WASM` };
  return { device };
}

function missing(): string {
  return globalThis.isSecureContext === false
    ? 'WebGPU needs a secure address (https, localhost or a file), which this page does not have'
    : 'This browser has no WebGPU';
}

function isSoftware(adapter: GPUAdapter): boolean {
  const { isFallbackAdapter } = adapter as GPUAdapter & { isFallbackAdapter?: boolean };
  return (
    Boolean(isFallbackAdapter || adapter.info?.isFallbackAdapter) || SOFTWARE.test(everything(adapter.info))
  );
}

function everything(info: GPUAdapterInfo | undefined): string {
  return [info?.vendor, info?.architecture, info?.device, info?.description].filter(Boolean).join(' ');
}

/** "Apple M2" where the browser says so; else maker and architecture, such as "Nvidia ampere". */
function words(info: GPUAdapterInfo | undefined): string {
  const told =
    info?.description || [info?.vendor, info?.architecture].filter(Boolean).join(' ') || info?.device || '';
  return told === '' ? 'a GPU without a name' : told[0].toUpperCase() + told.slice(1);
}
