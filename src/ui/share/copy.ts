import { inWords } from '../../render/format.ts';
import type { Shared } from './format.ts';
import { fragmentOf } from './format.ts';

/** What a link is made of, beside what its fragment carries. */
export interface Sent extends Shared {
  /** "?beta=0.1&backend=wasm", or ''. */
  query: string;
  /** The settings, in words; '' at the defaults. */
  settings: string;
}

/** Links that are longer are cut by some programs. */
const long = 8000;

export async function linkOf({ query, settings: _, ...shared }: Sent): Promise<string> {
  const page = location.href.split(/[?#]/)[0];
  return page + query + (await fragmentOf(shared));
}

/** What a link brings, in words. */
export function bringsOf({ settings, edits, measured, on }: Sent): string {
  const values = Object.keys(measured).length;
  const recorded = on.endsWith('as recorded');
  const many = recorded ? `the ${values} recorded values` : `the ${values} values you measured`;
  const single = recorded ? 'the recorded value' : 'the value you measured';
  const parts = [
    settings || 'the defaults',
    ...Object.keys(edits).map((cell) => `your text of ${cell}.ts`),
    ...(values > 0 ? [values === 1 ? single : many] : []),
  ];
  return `It brings ${inWords(parts)}.${values > 0 ? '' : ' Run first to send measured values with it.'}`;
}

/** Copies a link, and shows it with what it brings: where the browser refuses to copy, it stands there selected. */
export function copyBox(section: HTMLElement) {
  const box = document.createElement('div');
  box.className = 'share-box';
  const field = document.createElement('input');
  Object.assign(field, { type: 'text', readOnly: true });
  field.setAttribute('aria-label', 'The link');
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  box.append(field, words);

  return async (sent: Sent): Promise<void> => {
    const link = await linkOf(sent);
    const copied = await copy(link);
    if (!box.isConnected) section.querySelector('.progress')!.before(box);
    field.value = link;
    if (!copied) {
      field.focus();
      field.select();
    }
    words.textContent = [
      copied ? 'Copied.' : 'The browser does not let the page copy: the link is selected, copy it from here.',
      bringsOf(sent),
      link.length > long &&
        `It is ${link.length.toLocaleString('en-US')} characters long, which some programs cut; a cut link says so.`,
      location.protocol === 'file:' && 'It opens where this copy of the site lies at the same place.',
    ]
      .filter(Boolean)
      .join(' ');
  };
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
