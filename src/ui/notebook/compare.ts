import type { Settings, Shown } from '../../protocol.ts';
import { settingInWords } from '../../render/check.ts';
import { figureOf } from '../draw/figure.ts';
import { newFigure } from './live-slot.ts';

/** The output that a break changed most visibly: the first whose data are other than before. */
export function changed(before: Shown[], after: Shown[]): { before: Shown; after: Shown } | undefined {
  for (const now of after) {
    const was = before.find(({ id }) => id === now.id);
    if (was && JSON.stringify(was.output) !== JSON.stringify(now.output)) return { before: was, after: now };
  }
  return undefined;
}

/** One output twice, beside each other: as it was, and broken by `settings`. To stand in the row of its check. */
export async function compareOutputs(
  pair: { before: Shown; after: Shown },
  settings: Settings,
  width: number,
): Promise<Element> {
  const panel = document.createElement('div');
  panel.className = 'compare';
  const half = width > 700 ? (width - 40) / 2 : width;
  for (const [shown, words, kind, version] of [
    [pair.before, 'As it was', 'was', 'as it was'],
    [pair.after, `Broken: ${settingInWords(settings)}`, 'broken', `with ${settingInWords(settings)}`],
  ] as const) {
    const side = document.createElement('div');
    side.className = kind;
    const label = document.createElement('p');
    label.textContent = words;
    const { figure, slot } = newFigure(version);
    slot.append(await figureOf(shown.output, Math.round(half)));
    slot.shown = { ...shown, id: `${shown.id}-${kind}` };
    side.append(label, figure);
    panel.append(side);
  }
  return panel;
}
