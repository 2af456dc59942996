import { baseline, broken, createChart, theory } from './chart.ts';
import { createCheck } from './check.ts';
import { createControls } from './controls.ts';
import { createData, type Dataset, batches as inBatches } from './data.ts';
import { toArray, toNumber } from './doors.ts';
import type { Host } from './host.ts';
import { images } from './images.ts';
import { ink } from './ink.ts';
import { linalg } from './linalg.ts';
import { bound, curve } from './marks.ts';
import { createNn } from './nn.ts';
import { adam, createOptimisers, gradients, sgd } from './optimisers.ts';
import { createParameters, parameters } from './parameters.ts';
import { Plot } from './plot.ts';
import { createRandom } from './random.ts';
import { readSafetensors } from './safetensors.ts';
import { createScrub, createShow } from './show.ts';
import { mean, median, slope } from './stats.ts';
import { createSteps } from './steps.ts';
import { createTasks } from './tasks.ts';

/** What `import { ... } from 'lab'` gives. */
export function createLab(host: Host) {
  const random = createRandom(() => host.random);
  return {
    ...createControls(host),
    steps: createSteps(host),
    parameters: createParameters(host),
    ...createOptimisers(host),
    gradients,
    toNumber,
    toArray,
    chart: createChart(host),
    baseline,
    theory,
    broken,
    show: createShow(host),
    scrub: createScrub(host),
    images,
    Plot,
    curve,
    bound,
    ink,
    check: createCheck(host),
    random,
    data: createData((name) => host.asset(name)),
    /** Batches in seeded order, for ever: `const batch = batches(train, 64)`, then `batch.next().value` in each step. */
    batches: <T extends Dataset>(dataset: T, size: number) => inBatches(dataset, size, random),
    /** The tensors of a pretrained asset `public/data/<name>.safetensors`, by name. */
    weights: async (name: string) => readSafetensors(await host.asset(`data/${name}.safetensors`)),
    nn: createNn(random),
    tasks: createTasks(random),
    linalg,
    mean,
    median,
    slope,
  };
}

export type Lab = ReturnType<typeof createLab>;
export type { PlotOutput } from '../protocol.ts';
export type { Nested } from './doors.ts';
export type { BlockWeights } from './nn.ts';
export type { Loss, Optimiser } from './optimisers.ts';
export type { Parameters } from './parameters.ts';

// The names a cell imports, for the type checker: the kernel hands each run its own lab instead of this module.
export declare const slider: Lab['slider'];
export declare const select: Lab['select'];
export declare const toggle: Lab['toggle'];
export declare const variant: Lab['variant'];
export declare const steps: Lab['steps'];
export declare const chart: Lab['chart'];
export declare const show: Lab['show'];
export declare const scrub: Lab['scrub'];
export declare const check: Lab['check'];
export declare const random: Lab['random'];
export declare const data: Lab['data'];
export declare const batches: Lab['batches'];
export declare const weights: Lab['weights'];
export declare const nn: Lab['nn'];
export declare const tasks: Lab['tasks'];
export {
  adam,
  baseline,
  bound,
  broken,
  curve,
  gradients,
  images,
  ink,
  linalg,
  mean,
  median,
  Plot,
  parameters,
  sgd,
  slope,
  theory,
  toArray,
  toNumber,
};
