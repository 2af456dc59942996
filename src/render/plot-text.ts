import { FONT, textWidth } from './measure.ts';

/** Where a text lies in the viewBox, as far as can be told without a font. */
export interface TextBox {
  element: Element;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** A label of an axis: it hangs on the corner, no margin makes it shorter. */
  axisLabel: boolean;
}

const numbers = (text: string) => text.match(/-?[\d.]+(?:e[-+]?\d+)?/g)?.map(Number) ?? [];

// The transforms that Plot writes are translations and rotations about the text's own origin.
function placed(element: Element, root: Element): { x: number; y: number; turn: number } {
  let [x, y, turn] = [0, 0, 0];
  for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
    const transform = at.getAttribute('transform') ?? '';
    const [dx = 0, dy = 0] = numbers(transform.match(/translate\(([^)]*)\)/)?.[1] ?? '');
    x += dx;
    y += dy;
    turn += numbers(transform.match(/rotate\(([^)]*)\)/)?.[1] ?? '')[0] ?? 0;
  }
  return { x, y, turn: (turn * Math.PI) / 180 };
}

function inherited(element: Element, name: string): string | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null) return value;
  }
  return null;
}

const ems = (value: string | null, size: number) =>
  value?.endsWith('em') ? Number.parseFloat(value) * size : Number(value ?? 0);

function sizeOf(element: Element, root: Element): number {
  const size = inherited(element, 'font-size');
  return size === null || size === root.getAttribute('font-size') ? FONT : Number(size);
}

// Corners of the unrotated text about its origin: lines below one another, the first on the baseline.
function corners(element: Element, size: number): [number, number, number, number] {
  const spans = [...element.querySelectorAll('tspan')];
  const lines = spans.length ? spans.map((span) => span.textContent ?? '') : [element.textContent ?? ''];
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const anchor = inherited(element, 'text-anchor');
  const left = anchor === 'start' ? 0 : anchor === 'end' ? -width : -width / 2;
  const baseline = ems((spans[0] ?? element).getAttribute('y') ?? element.getAttribute('y'), size);
  return [
    left,
    left + width,
    baseline - 0.78 * size,
    baseline + 0.24 * size + (lines.length - 1) * size * 1.1,
  ];
}

function boxOf(element: Element, root: Element): TextBox {
  const { x, y, turn } = placed(element, root);
  const [left, right, top, bottom] = corners(element, sizeOf(element, root));
  const turned = [left, right].flatMap((dx) =>
    [top, bottom].map((dy) => [
      dx * Math.cos(turn) - dy * Math.sin(turn),
      dx * Math.sin(turn) + dy * Math.cos(turn),
    ]),
  );
  const xs = turned.map(([dx]) => x + dx);
  const ys = turned.map(([, dy]) => y + dy);
  const axisLabel = /-axis label$/.test(inherited(element, 'aria-label') ?? '');
  return {
    element,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
    axisLabel,
  };
}

/** Every text of a drawing with its place. */
export function textBoxes(svg: Element): TextBox[] {
  return [...svg.querySelectorAll('text')].filter((text) => text.textContent).map((text) => boxOf(text, svg));
}

/** The vertical part of a translation that an element carries itself. */
export const loweredBy = (element: Element | null) =>
  numbers(element?.getAttribute('transform')?.match(/translate\(([^)]*)\)/)?.[1] ?? '')[1] ?? 0;

/** How far the names of the axes lie upon other text: above the drawing's middle, and below it. */
export function overlaps(boxes: TextBox[], height: number): { top: number; bottom: number } {
  const over = { top: 0, bottom: 0 };
  for (const label of boxes.filter(({ axisLabel }) => axisLabel)) {
    const hit = boxes.filter(
      (box) => !box.axisLabel && meet(box, label) && box.top < label.bottom && label.top < box.bottom,
    );
    const isTop = label.top < height / 2;
    for (const box of hit) {
      if (isTop) over.top = Math.max(over.top, label.bottom - box.top);
      else over.bottom = Math.max(over.bottom, box.bottom - label.top);
    }
  }
  return over;
}

const meet = (a: TextBox, b: TextBox) => a.left < b.right && b.left < a.right;

function shift(box: TextBox, by: number): void {
  const [x, y] = numbers(box.element.getAttribute('transform')?.match(/translate\(([^)]*)\)/)?.[1] ?? '0,0');
  const moved = `translate(${x},${Math.round((y + by) * 100) / 100})`;
  box.element.setAttribute('transform', moved);
  box.top += by;
  box.bottom += by;
}

/** Between which heights a label is at home: the frame, or its own row of it. */
export type FrameOf = (label: Element) => { top: number; bottom: number };

// Less than this is rounding.
const HAIR = 0.01;
// How far a line of letters reaches below the height of its point, and how near it may come to other text.
const REACH = 0.56 * FONT;
const APART = 3;

const near = (a: TextBox, b: TextBox) => a.left < b.right + APART && b.left < a.right + APART;

// A label of a point on the axis stands level with it, unless the label of a tick stands there.
function floorOf(label: TextBox, bottom: number, others: TextBox[]): number {
  const isTaken = others.some(
    (other) => near(label, other) && other.bottom > bottom && other.top < bottom + REACH + APART,
  );
  return isTaken ? bottom : bottom + REACH;
}

/**
 * Labels that would lie upon one another are moved down, and a pile that left its frame up again: under the
 * frame are the labels of the ticks. A label whose point lies above the frame comes down to its upper edge.
 */
export function dodge(svg: Element, selector: string, frameOf: FrameOf): void {
  const all = textBoxes(svg);
  const boxes = all.filter(({ element }) => element.closest(selector));
  const others = all.filter((box) => !boxes.includes(box));
  for (const box of boxes) {
    const over = frameOf(box.element).top - (box.top + box.bottom) / 2;
    if (over > HAIR) shift(box, over);
  }
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((box, i) => {
    const above = boxes.slice(0, i).filter((other) => meet(other, box));
    const floor = Math.max(Number.NEGATIVE_INFINITY, ...above.map((other) => other.bottom));
    if (box.top < floor) shift(box, floor - box.top);
  });
  boxes.reverse().forEach((box, i) => {
    const below = boxes.slice(0, i).filter((other) => meet(other, box));
    const floor = floorOf(box, frameOf(box.element).bottom, others);
    const over = box.bottom - Math.min(floor, ...below.map((other) => other.top));
    if (over > HAIR) shift(box, -over);
  });
}
