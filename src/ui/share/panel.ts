import { formatNumber, inWords } from '../../render/format.ts';
import { opening } from '../notebook/opening.ts';
import { differenceOf } from './compare.ts';
import type { Shared } from './format.ts';

/** What the panel of a link needs of the notebook it stands in. */
export interface Subject {
  section: HTMLElement;
  /** The claim of a check, by its address; undefined when no check has it. */
  claim(id: string): string | undefined;
  /** Runs the link's code; the reader has pressed the button that says so. */
  accept(): void;
  /** The site's text again, or the reader's own. */
  decline(): void;
  /** Puts the panel and the link's part of the address away. */
  dismiss(): void;
}

const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  words = '',
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  made.textContent = words;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

function button(words: string, does: string, act: () => void): HTMLButtonElement {
  const made = element('button', words, { type: 'button', 'data-does': does });
  made.onclick = act;
  return made;
}

const files = (cells: string[]) => inWords(cells.map((cell) => `${cell}.ts`));

/** Over the cells: what came with a link. Its code waits there for a click, and its values for a run. */
export function linkPanel({ section, claim, accept, decline, dismiss }: Subject) {
  const { by } = opening();
  const panel = element('section', '', {
    class: 'from-link',
    'aria-label': by === 'link' ? 'From a link' : 'From this file',
    tabindex: '-1',
  });
  const place = section.querySelector('.progress')!;

  function show(...content: Element[]): void {
    panel.replaceChildren(...content);
    if (!panel.isConnected) place.before(panel);
  }

  function codeParts(cells: string[]): Element[] {
    const words = element(
      'p',
      `This ${by} brings code that is not the site’s: ${files(cells)}. Its difference is marked below. It runs only when you press the button here.`,
    );
    words.className = 'code-words';
    const acts = element('p', '', { class: 'acts' });
    acts.append(
      button(`Run the ${by}’s code`, 'accept', accept),
      button('Use the site’s code', 'decline', decline),
    );
    return [words, acts];
  }

  function row(id: string, there: number | null, here: number | null | undefined): Element {
    const line = element('tr');
    line.append(
      element('th', claim(id) ?? id, { scope: 'row' }),
      element('td', formatNumber(there)),
      element('td', here === undefined ? '' : formatNumber(here)),
      element('td', differenceOf(there, here)),
    );
    return line;
  }

  function valuesTable(shared: Shared, here: Map<string, number | null>): Element {
    const table = element('table');
    const head = element('tr');
    for (const words of ['check', 'sender', 'here', 'difference'])
      head.append(element('th', words, { scope: 'col' }));
    const caption = element('caption', `What the sender measured${shared.on ? `, on ${shared.on}` : ''}`);
    const body = element('tbody');
    for (const [id, there] of Object.entries(shared.measured)) body.append(row(id, there, here.get(id)));
    const thead = element('thead');
    thead.append(head);
    table.append(caption, thead, body);
    return table;
  }

  return {
    /** `here`: what this page has measured, by check; `waits`: cells of a link's code that no click has run yet. */
    show(
      shared: Shared,
      state: { here: Map<string, number | null>; waits: string[]; samePage: boolean },
    ): void {
      const parts: Element[] = [];
      if (state.waits.length > 0) parts.push(...codeParts(state.waits));
      if (!state.samePage)
        parts.push(
          element(
            'p',
            'The page has changed since the link was made, or the link since: values may differ for that reason.',
          ),
        );
      const values = Object.keys(shared.measured).length > 0;
      if (values) parts.push(valuesTable(shared, state.here));
      if (values && state.here.size === 0)
        parts.push(
          element(
            'p',
            state.waits.length > 0 ? 'A run puts yours beside them.' : 'Press Run to put yours beside them.',
          ),
        );
      if (!values && state.waits.length === 0)
        parts.push(
          element('p', 'This link set the notebook as its sender had it; it brings no measured values.'),
        );
      if (state.waits.length === 0) parts.push(button('Put away', 'dismiss', dismiss));
      show(...parts);
    },
    /** One sentence in the place of what a link should have brought. */
    refuse(sentence: string): void {
      panel.classList.add('refused');
      show(element('p', sentence, { role: 'alert' }), button('Put away', 'dismiss', dismiss));
    },
    /** A reader pressed another Run while a link's code waits. */
    attention(): void {
      panel.scrollIntoView({ block: 'center' });
      panel.querySelector<HTMLElement>('[data-does="accept"]')?.focus();
    },
    remove: () => panel.remove(),
  };
}
