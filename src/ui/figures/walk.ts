import { formatNumber, formatValue } from '../../render/format.ts';
import { picturesOf } from '../../render/pictures.ts';
import { placeOf, readScales } from '../../render/scales.ts';
import { axisLabel, type Point, seriesOf } from '../../render/series.ts';
import { type Still, subjectOf } from './subject.ts';

/** A stop of the walk: its words, and where its mark stands in an SVG of the figure. */
interface Stop {
  words: string;
  /** Which SVG of the drawing, and where in it. */
  place?: { drawing: number; x: number; y: number; r: number };
  /** What ↑ and ↓ look for in the other row. */
  along: number;
}
interface Row {
  name: string;
  stops: Stop[];
}

const drawingsIn = (slot: HTMLElement) =>
  [...slot.querySelectorAll<SVGSVGElement>('svg.plot, svg.strip')].filter((svg) => svg.checkVisibility());

function plotRows(output: Still & { kind: 'plot' }, drawing: SVGSVGElement | undefined): Row[] {
  const scales = readScales(drawing?.dataset.scales ?? '');
  const [x, y, fill] = (['x', 'y', 'fill'] as const).map((axis) => axisLabel(output, axis));
  // The row of a grid is named by its height.
  const words = (point: Point, isCell: boolean) =>
    [
      `${x} ${formatValue(point.x)}`,
      isCell ? '' : `${y} ${formatValue(point.y)}`,
      isCell && point.value !== undefined ? `${fill} ${formatValue(point.value)}` : '',
    ]
      .filter(Boolean)
      .join(', ');
  return seriesOf(output).map(({ name, kind, points }) => ({
    name,
    stops: points.map((point, i) => {
      const at = placeOf(scales, point.at);
      const along = at?.x ?? i;
      return {
        words: words(point, kind === 'cells'),
        along,
        ...(at && { place: { drawing: 0, ...at, r: 6 } }),
      };
    }),
  }));
}

function pictureRows(
  { rows, columns, range, palette }: Still & { kind: 'images' },
  drawings: SVGSVGElement[],
): Row[] {
  return rows.map((row, drawing) => {
    const width = drawings[drawing]?.viewBox.baseVal.width ?? 0;
    return {
      name: row.label,
      stops: picturesOf(row, range, palette).map(({ mean, least, greatest }, i) => ({
        words: [
          `picture ${i + 1}${columns?.[i] ? ` (${columns[i]})` : ''}`,
          `mean ${formatNumber(mean)}, from ${formatNumber(least)} to ${formatNumber(greatest)}`,
        ].join(': '),
        along: i,
        place: {
          drawing,
          x: ((i + 0.5) / row.count) * width,
          y: row.height / 2,
          r: Math.min(row.height, width / row.count) * 0.36,
        },
      })),
    };
  });
}

function rowsOf(still: Still, slot: HTMLElement): Row[] {
  const drawings = drawingsIn(slot);
  if (still.kind === 'plot') return plotRows(still, drawings[0]);
  return still.kind === 'images' ? pictureRows(still, drawings) : [];
}

interface Walk {
  slot: HTMLElement;
  still: Still;
  rows: Row[];
  row: number;
  at: number;
}

/** One walk at a time. */
let walk: Walk | undefined;

const SVG = 'http://www.w3.org/2000/svg';

function clearMarks(): void {
  for (const mark of document.querySelectorAll('[data-walk-mark]')) mark.remove();
}

function markAt(svg: SVGSVGElement, { x, y, r }: NonNullable<Stop['place']>): SVGElement {
  // As thick on screen whatever the drawing is scaled by.
  const unit = svg.viewBox.baseVal.width / (svg.getBoundingClientRect().width || 1);
  const circle = document.createElementNS(SVG, 'circle');
  const size = svg.matches('.strip') ? r : r * Math.max(1, unit);
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: size, 'stroke-width': 2.5 * unit }))
    circle.setAttribute(name, String(value));
  circle.setAttribute('class', 'walk-mark');
  circle.setAttribute('data-walk-mark', '');
  return circle;
}

/** The words of the stop, at its place: announced politely, and drawn. */
function readout(slot: HTMLElement): HTMLElement {
  const figure = slot.closest('.figure')!;
  const known = figure.querySelector<HTMLElement>(':scope > .readout');
  if (known) return known;
  const element = document.createElement('p');
  element.className = 'readout';
  element.setAttribute('role', 'status');
  element.setAttribute('aria-live', 'polite');
  figure.append(element);
  return element;
}

function placeReadout(element: HTMLElement, mark: Element | undefined): void {
  const figure = element.parentElement!.getBoundingClientRect();
  const box = mark?.getBoundingClientRect();
  if (!box) {
    element.style.left = element.style.top = '0px';
    return;
  }
  const middle = box.x + box.width / 2 - figure.x;
  const left = Math.max(0, Math.min(figure.width - element.offsetWidth, middle - element.offsetWidth / 2));
  const above = box.y - figure.y - element.offsetHeight - 8;
  element.style.left = `${left}px`;
  element.style.top = `${above < 0 ? box.bottom - figure.y + 8 : above}px`;
}

function tell(changedRow: boolean): void {
  if (!walk) return;
  const { slot, rows, row, at } = walk;
  const { name, stops } = rows[row];
  const { words, place } = stops[at];
  clearMarks();
  const drawing = place && drawingsIn(slot)[place.drawing];
  const mark = drawing && markAt(drawing, place);
  if (drawing && mark) drawing.append(mark);
  const element = readout(slot);
  element.hidden = false;
  const head = rows.length > 1 && name ? `${name}: ` : '';
  element.replaceChildren();
  if (head) {
    const strong = document.createElement('b');
    strong.textContent = head;
    // Said when the row changes, drawn always.
    if (!changedRow) strong.setAttribute('aria-hidden', 'true');
    element.append(strong);
  }
  const where = document.createElement('small');
  where.textContent = ` ${at + 1} of ${stops.length}`;
  element.append(words, where);
  placeReadout(element, mark);
}

function nearest(stops: Stop[], along: number): number {
  let best = 0;
  stops.forEach((stop, i) => {
    if (Math.abs(stop.along - along) < Math.abs(stops[best].along - along)) best = i;
  });
  return best;
}

function step(key: string): void {
  if (!walk) return;
  const { rows, row, at } = walk;
  const stops = rows[row].stops;
  const clamp = (value: number, end: number) => Math.max(0, Math.min(end, value));
  const along: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: stops.length - 1,
  };
  if (key in along) walk.at = clamp(along[key], stops.length - 1);
  else {
    walk.row = clamp(row + (key === 'ArrowUp' ? -1 : 1), rows.length - 1);
    if (walk.row !== row) walk.at = nearest(rows[walk.row].stops, stops[at].along);
  }
}

/** Ends the walk: mark and words are gone. */
export function leave(): void {
  clearMarks();
  for (const element of document.querySelectorAll<HTMLElement>('.readout')) {
    element.hidden = true;
    element.replaceChildren();
  }
  walk = undefined;
}

async function begin(slot: HTMLElement): Promise<boolean> {
  const { still } = await subjectOf(slot);
  if (walk?.slot === slot && walk.still === still) return false;
  leave();
  const rows = rowsOf(still, slot).filter(({ stops }) => stops.length);
  if (rows.length) walk = { slot, still, rows, row: 0, at: 0 };
  else {
    const element = readout(slot);
    element.hidden = false;
    element.textContent = 'This drawing has no points of its own; its menu has the data.';
    placeReadout(element, undefined);
  }
  return true;
}

const slotOf = (element: Element) => element.closest('.figure')!.querySelector<HTMLElement>('.slot')!;

/** A key at the place for the keyboard of a figure. */
export async function key(walker: HTMLElement, name: string): Promise<void> {
  if (name === 'Escape') return leave();
  const isNew = await begin(slotOf(walker));
  if (!walk) return;
  const { row } = walk;
  // The first key shows where the walk begins.
  if (!isNew) step(name);
  tell(isNew || walk.row !== row);
}

/** A reader pressed a drawing: the nearest stop of it. */
export async function point(drawing: SVGSVGElement, clientX: number, clientY: number): Promise<void> {
  const slot = slotOf(drawing);
  await begin(slot);
  if (!walk) return;
  const which = drawingsIn(slot).indexOf(drawing);
  const box = drawing.getBoundingClientRect();
  const { x: left, y: top, width } = drawing.viewBox.baseVal;
  const scale = width / box.width;
  const [x, y] = [left + (clientX - box.x) * scale, top + (clientY - box.y) * scale];
  let best = Number.POSITIVE_INFINITY;
  walk.rows.forEach(({ stops }, row) => {
    stops.forEach(({ place }, at) => {
      if (!place || place.drawing !== which) return;
      const distance = Math.hypot(place.x - x, place.y - y);
      if (distance >= best) return;
      best = distance;
      Object.assign(walk!, { row, at });
    });
  });
  if (best < Number.POSITIVE_INFINITY) tell(true);
}
