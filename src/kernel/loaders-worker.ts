import type { Loaders } from './backends/choose.ts';
import * as tf from './tf.ts';

declare const self: DedicatedWorkerGlobalScope & {
  siteWasm?: { setWasmPaths(paths: Record<string, string>): void };
};

const binaries = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

/** How a worker gets its backends: as scripts of the site, asked of the page; each registers its backend with the core. */
export function workerLoaders(
  file: (name: string) => Promise<ArrayBuffer>,
  runText: (text: string) => void,
): Loaders {
  let scripts: Promise<void> | undefined;
  const script = async (name: string) => runText(new TextDecoder().decode(await file(name)));
  // One script carries both: WASM is completed by the CPU backend's kernels.
  const wasmAndCpu = () => (scripts ??= script('wasm.js'));
  return {
    webgpu: () => script('webgpu.js'),
    cpu: wasmAndCpu,
    async wasm() {
      await wasmAndCpu();
      const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
      const bytes = await file(simd ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm');
      // A blob made here: one made on the page cannot be fetched in a worker of a page from the disk.
      const url = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
      self.siteWasm!.setWasmPaths(Object.fromEntries(binaries.map((name) => [name, url])));
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    },
  };
}
