import { hasEdits } from './edit/store.ts';
import { isOpenedWith, isShared } from './notebook/opening.ts';

/** Adds a classic script of the site; resolves when it has run. */
export function addScript(document: Document, src: string): Promise<void> {
  return new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = () => done();
    script.onerror = () => fail(new Error(`${src} did not load`));
    document.head.append(script);
  });
}

const wakers =
  '[data-run], [data-breaks], [data-sweep], [data-set], [data-scrub], [data-edit], .controls, .tools';

/**
 * Brings the live runner, from its address or what will give it, when a reader comes near it: the pointer or the
 * keyboard on a button or control of the notebook, or an address that sets something. An act that comes before the
 * runner is repeated to it.
 */
export function notebookLoader(document: Document, runner: string | (() => Promise<string>)): void {
  if (!document.querySelector('.notebook[data-slug]')) return;
  let loading: Promise<void> | undefined;
  const address = async () => (typeof runner === 'string' ? runner : runner());
  const load = () => (loading ??= address().then((found) => addScript(document, found)));
  const near = (event: Event) => event.target instanceof Element && event.target.closest(wakers) !== null;
  const wake = (event: Event) => void (near(event) && load().catch(() => undefined));
  document.addEventListener('pointerover', wake, { passive: true });
  document.addEventListener('focusin', wake);
  repeatFirstAct(document, near, load);
  // Enter in a field would reload the page.
  document.addEventListener(
    'submit',
    (event) => (event.target as Element).matches('.controls') && event.preventDefault(),
  );
  // A link that is put into the address of its own page opens like any other; edits are kept when the page goes.
  addEventListener('hashchange', () => isShared(location.hash) && location.reload());
  const section = document.querySelector<HTMLElement>('.notebook[data-slug]')!;
  // A frame shows what its address sets; edits stay on the page of the paper.
  const isEdited = () => !section.matches('.compact') && hasEdits(section.dataset.slug!, () => localStorage);
  if (isOpenedWith() || isEdited()) void load().catch(() => undefined);
}

function repeatFirstAct(
  document: Document,
  near: (event: Event) => boolean,
  load: () => Promise<void>,
): void {
  let there = false;
  const once = async (event: Event) => {
    if (there || !near(event)) return;
    const target = (event.target as Element).closest<HTMLElement>('button, a, input, select')!;
    if (!target) return;
    if (event.type === 'click' && target.matches('[data-set], button')) event.preventDefault();
    // Told to the runner, which would else put its controls where the address says.
    if (event.type !== 'click') target.dataset.touched = '';
    await load().then(
      () => (there = true),
      (error) => say(document, error),
    );
    if (there)
      target.dispatchEvent(
        new (event.type === 'click' ? MouseEvent : Event)(event.type, { bubbles: true, cancelable: true }),
      );
  };
  for (const type of ['click', 'input', 'change']) document.addEventListener(type, once);
}

function say(document: Document, error: Error): void {
  const chip = document.querySelector('.chip span');
  if (chip) chip.textContent = `The notebook cannot run: ${error.message}. Reload the page to try again.`;
}
