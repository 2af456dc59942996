/** The WASM backend, and the CPU one that completes it, as a script of its own. */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

Object.assign(self, { siteWasm: { setWasmPaths } });
