/** What a page does for its figures before anybody asks: a button and a place for the keyboard at each. */

/** What the script of the figures leaves behind when it has loaded. */
export interface FigureTools {
  /** Opens the menu of a figure, from its button. */
  take(button: HTMLButtonElement): void;
  /** A key was pressed at a figure's place for the keyboard. */
  key(walker: HTMLElement, key: string): void;
  /** A reader pressed a drawing: the nearest point is told. */
  point(drawing: SVGSVGElement, x: number, y: number): void;
}
declare global {
  interface Window {
    figureTools?: FigureTools;
  }
}

/** Of a script, or what will give it. */
type Address = string | (() => Promise<string>);

const icon =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.2h10"/></svg>';
const walkable = '.is-plot, .is-images, .is-scrub';
/** Keys that begin or go on with a walk. */
export const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

const nameOf = (slot: HTMLElement): string => {
  const { output = '', version } = slot.dataset;
  const name = slot.querySelector('.ftitle')?.textContent?.trim() || output.replaceAll('-', ' ');
  return version ? `${name}, ${version}` : name;
};

/** Puts the button and the place for the keyboard beside a slot; once. Neither takes room from the drawing. */
function dress(slot: HTMLElement): void {
  const figure = slot.closest('.figure');
  if (!figure) return;
  if (!figure.querySelector(':scope > .walker') && slot.querySelector(walkable)) {
    const walker = document.createElement('div');
    walker.className = 'walker';
    walker.tabIndex = 0;
    // Arrow keys go to a screen reader unless the place says that it uses them. It holds nothing to be read.
    walker.setAttribute('role', 'application');
    walker.setAttribute('aria-label', `Points of “${nameOf(slot)}”: arrow keys walk them`);
    slot.after(walker);
  }
  if (figure.querySelector(':scope > .take-figure')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'take-figure';
  button.title = 'Take this figure';
  button.setAttribute('aria-label', `Take this figure: ${nameOf(slot)}`);
  button.setAttribute('aria-haspopup', 'dialog');
  button.innerHTML = icon;
  (figure.querySelector(':scope > .walker') ?? slot).after(button);
}

function loader(document: Document, script: Address): () => Promise<FigureTools> {
  let loading: Promise<FigureTools> | undefined;
  const load = async () => {
    const address = typeof script === 'string' ? script : await script();
    return new Promise<FigureTools>((done, fail) => {
      const element = document.createElement('script');
      element.src = address;
      element.onload = () => done(window.figureTools!);
      element.onerror = () => fail(new Error('the script for figures did not load'));
      document.head.append(element);
    });
  };
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** Brings the tools of the figures, from their address, when a reader first uses one. */
export function figures(document: Document, script: Address): void {
  for (const slot of document.querySelectorAll<HTMLElement>('.figure > .slot')) dress(slot);
  document.addEventListener('figure-drawn', (event) => dress(event.target as HTMLElement));
  const load = loader(document, script);
  const at = <T extends Element>(event: Event, selector: string) =>
    event.target instanceof Element ? event.target.closest<T>(selector) : null;
  const use = (beside: Element, act: (tools: FigureTools) => void) =>
    load().then(act, (error: Error) => {
      beside.setAttribute('title', `${error.message}: try again, or reload the page`);
    });
  document.addEventListener('click', (event) => {
    const button = at<HTMLButtonElement>(event, '.take-figure');
    if (button) void use(button, (tools) => tools.take(button));
    const drawing = at<SVGSVGElement>(event, '.figure > .slot svg:is(.plot, .strip)');
    const { clientX, clientY } = event as MouseEvent;
    if (drawing) void use(drawing, (tools) => tools.point(drawing, clientX, clientY));
  });
  document.addEventListener('keydown', (event) => {
    const walker = at<HTMLElement>(event, '.walker');
    if (!walker || event.altKey || event.ctrlKey || event.metaKey) return;
    if (keys.includes(event.key)) event.preventDefault();
    else if (event.key !== 'Escape') return;
    if (event.key !== 'Escape' || window.figureTools)
      void use(walker, (tools) => tools.key(walker, event.key));
  });
}
