import { ink, Plot } from 'lab';

/** The γ at which networks are read. */
export const gammas = [1, 0.75, 0.5, 0.25, 0];

export interface Reading {
  network: 'LayerNorm' | 'PRepBN';
  step: number;
  gamma: number;
  /** Share of digits classified correctly. */
  right: number;
  /** γ of the training at this step. */
  now: number;
}

/** Shade: accuracy as a share of the best of its step, from 40 %. */
function shaded(rows: Reading[]) {
  return rows.map((row) => {
    const { network, step, right } = row;
    const beside = rows.filter(
      (other) => other.network === network && other.step === step,
    );
    const best = Math.max(...beside.map((other) => other.right));
    const shade = Math.max(0, (right / best - 0.4) / 0.6);
    const percent = Math.round(100 * right);
    const here = Math.abs(row.gamma - row.now) <= 0.125;
    const ours = network === 'PRepBN';
    const fill = ours ? shade : 0.6 * shade;
    return { ...row, fill, percent, here, dark: fill > 0.6 };
  });
}

/** A square for each network, step and γ; framed as trained. */
export function ridge(readings: Reading[]) {
  const rows = shaded(readings);
  const at = { x: 'step', y: 'gamma', fx: 'network' };
  const squares = (name: string, fill: string) =>
    Plot.cell(
      rows.filter(({ network }) => network === name),
      { ...at, fill, fillOpacity: 'fill', inset: 1 },
    );
  const words = (dark: boolean) =>
    Plot.text(
      rows.filter((row) => row.dark === dark),
      {
        ...at,
        text: 'percent',
        fill: dark ? ink.paper : ink.theory,
      },
    );
  const frames = rows.filter(({ here }) => here);
  return Plot.plot({
    title: 'Test accuracy, %, with LayerNorm at other weights γ',
    x: { label: 'training step', type: 'band' },
    y: { label: 'γ at the test', type: 'band', domain: gammas },
    fx: { label: null },
    marks: [
      squares('LayerNorm', ink.baseline),
      squares('PRepBN', ink.mechanism),
      words(true),
      words(false),
      Plot.cell(frames, {
        ...at,
        fill: 'none',
        stroke: ink.theory,
        strokeWidth: 1.5,
      }),
    ],
  });
}
