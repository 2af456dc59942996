import type { CompiledCell, FromKernel } from '../protocol.ts';
import type { Around, CellFunction } from './around.ts';
import { hushFloods } from './hush.ts';
import { workerLoaders } from './loaders-worker.ts';
import { paced } from './pace.ts';
import { giveUpPowers, sharedNames } from './powers.ts';
import { watchShared } from './shared-objects.ts';
import * as tf from './tf.ts';

declare const self: DedicatedWorkerGlobalScope & { workingPapersCell?: CellFunction };

/** Kept from the cells, which lose it: the one way a classic worker takes in a script. */
const importScript = self.importScripts.bind(self);
const createUrl = URL.createObjectURL.bind(URL);
const post = self.postMessage.bind(self);

/** Runs a script's text in the worker. */
export function runText(text: string): void {
  const url = createUrl(new Blob([text], { type: 'text/javascript' }));
  importScript(url);
  URL.revokeObjectURL(url);
}

/** Its body on the line of the opening brace, so that lines are the author's; its name for the stack. */
async function evaluate({ name, body }: CompiledCell): Promise<CellFunction> {
  self.workingPapersCell = undefined;
  runText(`self.workingPapersCell = async function (require, exports) {${body}\n}\n//# sourceURL=${name}.ts`);
  const call = self.workingPapersCell as CellFunction | undefined;
  self.workingPapersCell = undefined;
  if (!call) throw new SyntaxError(`${name}.ts does not parse`);
  return call;
}

/** A message channel turns the event loop without the four milliseconds that nested timers wait. */
function createPause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(0);
    });
}

/** The kernel's surroundings in a browser's worker; `file` asks the page for one of the site's files. */
export function createWorkerAround(file: (name: string) => Promise<ArrayBuffer>): Around {
  const now = performance.now.bind(performance);
  let mend: (() => string | undefined) | undefined;
  return {
    post: paced((message: FromKernel) => post(message), now),
    evaluate,
    loaders: workerLoaders(file, runText),
    now,
    pause: createPause(),
    giveUpPowers() {
      giveUpPowers();
      hushFloods();
      mend = watchShared(sharedNames, { 'tf.Tensor': tf.Tensor, 'tf.Variable': tf.Variable });
    },
    mendShared: () => mend?.(),
  };
}
