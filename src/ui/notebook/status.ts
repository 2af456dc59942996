import { createHold } from './hold.ts';

/** What holds words that a run changes. */
const wordy = '.finding figcaption, .verdicts, .notebook > header';

/** The words and bars that say what the notebook is doing. */
export function createStatus(section: HTMLElement) {
  const progress = section.querySelector<HTMLElement>('.progress');
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const live = (text: string) => {
    for (const element of all('[data-provenance], [data-cost]')) element.textContent = text;
  };
  // A kernel that opens before it is asked to run leaves what the run will cost where it stands.
  const running = (words: string) => {
    if (begun === 0) return;
    for (const element of all('[data-cost]')) element.textContent = words;
  };
  const hold = createHold();
  let note = '';
  let begun = 0;

  function busy(on: boolean): void {
    section.classList.toggle('busy', on);
    section.setAttribute('aria-busy', String(on));
    for (const button of all('[data-stop]')) button.hidden = !on;
    for (const words of all('.finding [data-run-words]')) words.textContent = on ? 'Running' : 'Run again';
    if (progress) progress.hidden = !on;
    if (!on) progress?.replaceChildren();
  }

  function bar(label: string, done?: number, total?: number): void {
    if (!progress) return;
    const element = progress.querySelector('progress') ?? document.createElement('progress');
    element.setAttribute('aria-label', label);
    if (total) Object.assign(element, { max: total, value: done ?? 0 });
    else element.removeAttribute('value');
    const words = progress.querySelector('span') ?? document.createElement('span');
    words.textContent = total ? `${label} ${done} of ${total}` : label;
    running(words.textContent);
    if (!element.isConnected) progress.append(element, words);
  }

  return {
    /** Shows which backend is asked for, '' for none. */
    choice(name: string): void {
      for (const select of section.querySelectorAll<HTMLSelectElement>('[data-runs-on]')) select.value = name;
    },
    /** Says why another backend would do better; '' takes it back. */
    offer(words: string): void {
      const place = section.querySelector<HTMLElement>('.offer');
      if (!place) return;
      place.hidden = words === '';
      place.querySelector('span')!.textContent = words;
    },
    /** What a run will cost here, while none has run. */
    cost(words: string): void {
      for (const element of all('.finding [data-cost-time]')) element.textContent = words;
    },
    /** The address asks for settings other than the recorded ones; nothing has run yet. */
    unlike(words: string): void {
      section.dataset.outcome = 'unlike';
      live(`Set to ${words}. What is shown was recorded at the defaults: press Run to see it change.`);
    },
    /** How many runs were begun. */
    begun: () => begun,
    started(): void {
      begun += 1;
      hold(all(wordy));
      delete section.dataset.outcome;
      live('Running. What is grey is still of the run before.');
      busy(true);
      bar('starting');
    },
    phase: (words: string) => bar(words),
    progress: bar,
    /** Which backend was chosen, and why not another. */
    backend(chip: string, refused: string, name: string): void {
      section.dataset.backend = name;
      note = refused;
      for (const element of all('.chip')) element.title = refused ? `${chip}. ${refused}` : chip;
      bar(chip);
    },
    silent(quiet: boolean): void {
      if (quiet)
        bar(
          'the cell has not answered for some seconds: it may loop for ever, or its step is long. Stop ends it',
        );
    },
    /** `run`: on what, and how long; `checks`: how many hold; `edited`: cells whose text is not the site's. */
    ended(outcome: 'done' | 'stopped' | 'error', run: string, checks: string, edited: string[] = []): void {
      busy(false);
      section.dataset.outcome = outcome;
      const words = { done: 'Live', stopped: 'Stopped', error: 'A cell failed; live' }[outcome];
      const partly = outcome === 'stopped' ? ' Figures may be unfinished.' : '';
      const by = edited.length > 0 ? `, with ${edited.map((cell) => `${cell}.ts`).join(', ')} edited` : '';
      live(`${words} on ${run}${by}${checks ? `: ${checks}` : ''}.${partly}${note ? ` ${note}` : ''}`);
    },
    broken(sentence: string): void {
      busy(false);
      section.dataset.outcome = 'broken';
      live(sentence);
    },
  };
}
