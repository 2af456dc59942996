import type * as tf from '@tensorflow/tfjs-core';
import type { Around } from '../kernel/around.ts';
import type { Loaders } from '../kernel/backends/choose.ts';
import { type Bench, type CellRun, nothingSaid } from '../kernel/bench.ts';
import { openBackend } from '../kernel/open.ts';
import { runCell } from '../kernel/run-cell.ts';
import type {
  BackendName,
  CheckResult,
  ControlSpec,
  FromKernel,
  Settings,
  Shown,
  Verdict,
} from '../protocol.ts';

/** What a downloaded notebook says of itself. */
export interface About {
  slug: string;
  title: string;
  /** Keys that a reader may set, with what a link of the page would write for the default. */
  controls: { key: string; value: unknown }[];
  /** Of each data file, by its name: the first half of its SHA-256. */
  sums: Record<string, string>;
  /** What each check measured when the page was recorded, by its address. */
  recorded: Record<string, number | null>;
}

/** What differs between Node and a notebook of Deno. */
export interface Place {
  backend: BackendName;
  loaders: Loaders;
  settings: Settings;
  /** The bytes of a data file, by its name on the site. */
  file(name: string): Promise<ArrayBuffer>;
  opened(verdict: Verdict): void;
  cell(name: string): void;
  check(check: CheckResult, recorded: number | null | undefined): void;
  /** Everything that a cell showed, once it has ended. */
  shown(shown: Shown[]): Promise<void>;
  progress?(label: string, done: number, total: number): void;
}

export type Use = (specifier: string) => any;

/** What every check measured, and everything shown. */
export interface Summary {
  backend: string;
  milliseconds: number;
  settings: Settings;
  checks: CheckResult[];
}

type Of<K extends FromKernel['type']> = Extract<FromKernel, { type: K }>;

/** Runs cells that are functions of this program, with the kernel and the lab that run them on the page. */
export async function openProgram(about: About, place: Place) {
  const checks: CheckResult[] = [];
  const controls = new Map<string, ControlSpec>();
  let shown = new Map<string, Shown>();
  let verdict: Verdict | undefined;
  let failure: string | undefined;
  let milliseconds = 0;

  const heard: { [K in FromKernel['type']]?: (message: Of<K>) => void } = {
    opened: (message) => (verdict = message.verdict),
    failed: ({ error }) => (failure = error.message),
    control: ({ spec }) => controls.set(spec.key, spec),
    output: (message) => shown.set(message.shown.id, message.shown),
    progress: ({ label, done, total }) => place.progress?.(label, done, total),
    'cell-end': (message) => (milliseconds += message.milliseconds),
    check({ check }) {
      checks.push(check);
      place.check(check, isAtDefaults() ? about.recorded[check.id] : undefined);
    },
  };
  const isAtDefaults = () => Object.keys(place.settings).length === 0;
  const around: Around = {
    post: (message) => (heard[message.type] as ((m: FromKernel) => void) | undefined)?.(message),
    evaluate: async ({ name }) => {
      throw new Error(`the cell ${name} is a function of this program`);
    },
    loaders: place.loaders,
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    giveUpPowers: () => {},
  };
  const bench: Bench = {
    notebook: { slug: about.slug, cells: [] },
    cells: [],
    assets: { get: place.file, arrived: () => {} },
  };
  await openBackend(around, { backend: place.backend });
  if (!verdict) throw new Error(failure ?? 'TensorFlow.js did not start');
  place.opened(verdict);

  /** Runs a cell from its first line, and gives what it exports. */
  async function cell(name: string, body: (use: Use) => Promise<object | void>): Promise<any> {
    const earlier = bench.cells.findIndex((one) => one.cell.name === name);
    if (earlier >= 0) {
      for (const { id } of checks.filter((one) => one.cell === name))
        checks.splice(
          checks.findIndex((one) => one.id === id),
          1,
        );
      bench.cells.splice(earlier, 1)[0].release();
    }
    const state = stateOf(name, body);
    bench.cells.push(state);
    shown = new Map();
    place.cell(name);
    const task = { run: 1, settings: place.settings, force: true, isStopped: () => false };
    await runCell(around, bench, task, state).catch((error) => {
      if (error instanceof Error && 'hint' in error) error.message += ` ${error.hint}`;
      throw error;
    });
    await place.shown([...shown.values()]);
    return state.exports;
  }

  const summary = (): Summary => ({
    backend: verdict!.backend,
    milliseconds: Math.round(milliseconds),
    settings: place.settings,
    checks,
  });
  return { cell, summary, controls };
}

function stateOf(name: string, body: (use: Use) => Promise<object | void>): CellRun {
  const state: CellRun = {
    cell: { name, body: '', imports: [], exports: [] },
    call: async (use, exports) => void Object.assign(exports, await body(use as Use)),
    exports: {},
    ...nothingSaid(),
    held: [] as tf.Tensor[],
    done: false,
    release() {
      for (const tensor of state.held) tensor.dispose();
      state.held = [];
    },
  };
  return state;
}

/** Settings as words give them: `beta=0.1 seed=3`. @throws a sentence when one names no control. */
export function settingsOf(words: string[], about: About): Settings {
  const known = ['seed', ...about.controls.map(({ key }) => key)];
  return Object.fromEntries(
    words.map((word) => {
      const [key, value] = word.split(/=(.*)/s);
      if (known.includes(key) && value !== undefined) return [key, value];
      throw new Error(
        `"${word}" sets nothing here. Write a control and its value, ${known[1] ?? 'seed'}=… for one; this notebook has ${known.join(', ')}.`,
      );
    }),
  );
}

/** The bytes of base64; `gz` for one that is compressed on top. */
export async function unpacked(base64: string, gz = false): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (!gz) return bytes.buffer as ArrayBuffer;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** The bytes of a data file. @throws in words where it is not there, or not as it was. */
export async function dataFile(
  files: Record<string, string>,
  { sums }: About,
  name: string,
): Promise<ArrayBuffer> {
  if (!files[name])
    throw new Error(`the data file ${name} is not in this file. Download it again from its page.`);
  const bytes = await unpacked(files[name]).catch(() => new ArrayBuffer(0));
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = [...sum.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex === sums[name]) return bytes;
  throw new Error(
    `the data file ${name} in this file was damaged on its way (its checksum is ${hex}, expected was ${sums[name]}). Download it again from its page.`,
  );
}

/** The backends of TensorFlow.js where packages can be imported; the WASM binary lies beside its script. */
export function packageLoaders(tfjs: any, wasm: () => Promise<unknown>): Loaders {
  return {
    async webgpu() {
      throw new Error('this program does not use it');
    },
    async wasm() {
      await wasm();
      tfjs.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    },
    async cpu() {
      // It would advertise another package on the console.
      tfjs.findBackend('cpu').firstUse = false;
    },
  };
}
