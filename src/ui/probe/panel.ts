import type { CheckResult, ControlSpec, Notebook, PlotOutput, Settings } from '../../protocol.ts';
import { marginOf } from '../../render/margin.ts';
import { figureOf } from '../draw/figure.ts';
import { saveCsv } from '../figures/save.ts';
import { createDrawer } from '../notebook/drawer.ts';
import { openLink } from '../notebook/link.ts';
import { type LiveSlot, tellDrawn } from '../notebook/live-slot.ts';
import { createPool, poolSize } from './pool.ts';
import {
  cloudFigure,
  csvOfPoints,
  jobsOf,
  type Point,
  pointOf,
  type Sweep,
  sweepable,
  sweepFigure,
  valuesOf,
} from './sweep.ts';

/** What the panel needs of the notebook it stands in. */
export interface Subject {
  section: HTMLElement;
  notebook: Notebook;
  checks: () => CheckResult[];
  controls: () => ControlSpec[];
  /** The settings on screen; a sweep keeps them, but for what it sweeps. */
  settings: () => Settings;
}

const form = `
<h3 id="probe-title">Sweep a claim</h3>
<form class="controls">
  <label class="control"><span>check</span><select name="check"></select></label>
  <label class="control"><span>over</span><select name="x"></select></label>
  <label class="control"><span>and over</span><select name="y"></select></label>
  <label class="control"><span>values</span><input name="count" type="number" min="2" max="40" value="9"></label>
  <label class="control"><span>seeds</span><input name="seeds" type="number" min="1" max="100" value="3"></label>
  <button type="button" class="run small" data-probe-run>Sweep</button>
  <button type="button" data-probe-stop hidden>Stop</button>
</form>
<p class="probe-says" role="status" aria-live="polite"></p>
<progress aria-label="Runs of the sweep" hidden></progress>
<div class="figure"><div class="slot"></div></div>
<p class="probe-save" hidden><button type="button" data-save="csv">Save every run, CSV</button></p>`;

/** Milliseconds from one drawing of a growing figure to the next. */
const drawAgain = 500;

/** The panel under the checks: one check over a control, over two, or over seeds alone, on kernels of its own. */
export function createPanel(subject: Subject) {
  const panel = document.createElement('section');
  panel.className = 'probe';
  panel.id = 'probe';
  panel.setAttribute('aria-labelledby', 'probe-title');
  panel.innerHTML = form;
  const one = <T extends Element>(selector: string) => panel.querySelector<T>(selector)!;
  const field = (name: string) => one<HTMLSelectElement & HTMLInputElement>(`[name="${name}"]`);
  const says = one<HTMLElement>('.probe-says');
  const bar = one<HTMLProgressElement>('progress');
  let pool: ReturnType<typeof createPool> | undefined;
  let last: { csv: string; name: string } | undefined;

  const checkOf = (id: string) => subject.checks().find((check) => check.id === id);

  function offerControls(): void {
    const specs = sweepable(subject.controls());
    const named = specs.map(({ key, label }): [string, string] => [key, label || key]);
    const [x, y] = [field('x').value, field('y').value];
    fill(field('x'), [['', 'seeds alone'], ...named]);
    fill(field('y'), [['', 'nothing else'], ...named]);
    field('x').value = x;
    field('y').value = y;
  }

  function asked(): Sweep | { check: CheckResult; seeds: number[]; at: Settings } {
    const check = checkOf(field('check').value)!;
    const specs = sweepable(subject.controls());
    const spec = (name: string) => specs.find(({ key }) => key === field(name).value);
    const [x, y] = [spec('x'), spec('y')];
    const count = clamp(field('count'), 2, 40);
    const seeds = Array.from({ length: clamp(field('seeds'), 1, 100) }, (_, seed) => seed);
    const at = { ...subject.settings() };
    if (!x) return { check, seeds, at };
    const two = y && y.key !== x.key ? { y, ys: valuesOf(y, Math.min(count, 12)) } : {};
    return { check, x, xs: valuesOf(x, count), ...two, seeds, at };
  }

  async function run(): Promise<void> {
    const sweep = asked();
    const over = 'x' in sweep ? sweep : undefined;
    const places = over
      ? jobsOf(over)
      : sweep.seeds.map((seed) => ({
          job: { settings: { ...sweep.at, seed }, only: sweep.check.cell },
          x: seed,
          seed,
        }));
    const points: Point[] = [];
    const began = performance.now();
    let drawn = Number.NEGATIVE_INFINITY;
    const drawer = createDrawer(async () => {
      const figure = over ? sweepFigure(over, points) : cloudFigure(sweep.check, points);
      const csv = csvOfPoints({ check: sweep.check, x: over?.x, y: over?.y }, points);
      last = { csv, name: `${subject.notebook.slug}-${sweep.check.id}` };
      const width = Math.min(720, Math.max(320, one<HTMLElement>('.slot').clientWidth));
      const drawing = await figureOf(figure, width);
      return () => put(figure, drawing, sweep.check);
    });
    busy(true, places.length);
    pool = createPool(subject.notebook, openLink);
    await pool.run(
      places.map(({ job }) => job),
      (at, answer) => {
        points.push(pointOf({ check: sweep.check }, places[at], answer));
        bar.value = points.length;
        says.textContent = progressWords(points.length, places.length, performance.now() - began);
        // To draw takes a core from the runs: so often that it is seen to grow, and no more often.
        if (performance.now() - drawn > drawAgain) {
          drawn = performance.now();
          drawer.add('figure');
        }
      },
    );
    if (points.length > 0) drawer.add('figure');
    await drawer.flush();
    busy(false);
    says.textContent = verdictWords(sweep.check, points, places.length, performance.now() - began);
    panel.dataset.outcome = points.length === places.length ? 'done' : 'stopped';
  }

  /** Like any figure of the page: with its menu, its table, the walk over its points. */
  function put(output: PlotOutput, drawing: Element, { cell, claim, id }: CheckResult): void {
    const slot = one<LiveSlot>('.slot');
    slot.replaceChildren(drawing);
    slot.shown = { cell, name: claim, id: `${id}-swept`, output };
    tellDrawn(slot);
  }

  function busy(on: boolean, total = 0): void {
    one<HTMLElement>('[data-probe-stop]').hidden = !on;
    one<HTMLButtonElement>('[data-probe-run]').disabled = on;
    bar.hidden = !on;
    one<HTMLElement>('.probe-save').hidden = on || !last;
    if (!on) return;
    delete panel.dataset.outcome;
    bar.max = total;
    bar.value = 0;
    says.textContent = `Starting ${Math.min(poolSize(), total)} kernels on WASM for ${total} runs.`;
  }

  panel.addEventListener('submit', (event) => event.preventDefault());
  panel.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (button?.matches('[data-probe-run]')) void run();
    if (button?.matches('[data-probe-stop]')) pool?.end();
    if (last && button?.dataset.save === 'csv') saveCsv(last.csv, last.name);
  });
  panel.addEventListener('change', ({ target }) => {
    // Seeds alone are many; along a control a few make a band.
    if ((target as HTMLSelectElement).name === 'x') field('seeds').value = field('x').value ? '3' : '20';
    hideWhatIsNotAsked();
  });

  function hideWhatIsNotAsked(): void {
    const alone = field('x').value === '';
    for (const name of ['y', 'count']) field(name).closest('label')!.hidden = alone;
  }

  return {
    panel,
    /** Shows the panel with a check chosen; the control that breaks it first, because there the claim ends. */
    open(id?: string): void {
      offerControls();
      fill(
        field('check'),
        subject.checks().map(({ id, claim }) => [id, claim]),
      );
      const check = id ? checkOf(id) : subject.checks()[0];
      if (check) {
        field('check').value = check.id;
        const [breaker] = Object.keys(check.breaks);
        const can = sweepable(subject.controls()).some(({ key }) => key === breaker);
        field('x').value = can ? breaker : '';
        field('seeds').value = can ? '3' : '20';
      }
      hideWhatIsNotAsked();
      panel.scrollIntoView({ block: 'nearest' });
      field('x').focus({ preventScroll: true });
    },
    end: () => pool?.end(),
  };
}

function fill(select: HTMLSelectElement, options: [string, string][]): void {
  select.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
}

function clamp(input: HTMLInputElement, low: number, high: number): number {
  const value = Math.min(high, Math.max(low, Math.round(Number(input.value)) || low));
  input.value = String(value);
  return value;
}

const inSeconds = (milliseconds: number) => `${Math.max(1, Math.round(milliseconds / 1000))} s`;

function progressWords(done: number, total: number, passed: number): string {
  const left = (passed / done) * (total - done);
  return `${done} of ${total} runs${done < total ? `, about ${inSeconds(left)} left` : ''}`;
}

/** "Holds in 57 of 60 runs, smallest margin 1.7×. 8.1 s on 2 kernels." */
function verdictWords(check: CheckResult, points: Point[], total: number, passed: number): string {
  const failed = points.filter((point) => point.error);
  const held = points.filter((point) => point.holds);
  const margins = held.flatMap(({ measured }) => marginOf({ ...check, measured }) ?? []);
  const smallest = margins.length ? Math.min(...margins) : undefined;
  const margin = smallest && Number.isFinite(smallest) ? `, smallest margin ${smallest.toPrecision(2)}×` : '';
  const stopped = points.length < total ? ` Stopped after ${points.length} of ${total}.` : '';
  const errors = failed.length > 0 ? ` ${failed.length} did not run to their end: ${failed[0].error}.` : '';
  return `Holds in ${held.length} of ${points.length} runs${margin}.${stopped}${errors} ${inSeconds(passed)} on ${Math.min(poolSize(), total)} kernels.`;
}
