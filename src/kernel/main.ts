/** The kernel's entry in a worker: a classic script, started from a blob so that the page's policy holds here too. */
import type { ToKernel } from '../protocol.ts';
import type { Around } from './around.ts';
import { createAssets } from './assets.ts';
import { createSession } from './session.ts';
import { createWorkerAround } from './worker-around.ts';

const around: Around = createWorkerAround((name) => files.get(name));
/** Files the kernel itself needs before a notebook runs; asked of the page like any other. */
const files = createAssets((message) => around.post(message));
const session = createSession(around);

self.onmessage = ({ data, isTrusted }: MessageEvent<ToKernel>) => {
  if (!isTrusted) return; // made by a cell
  if (data.type === 'asset') files.arrived(data);
  session.receive(data);
};
