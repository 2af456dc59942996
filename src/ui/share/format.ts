import type { LinkedText } from '../edit/held.ts';
import { begins, isShared } from '../notebook/opening.ts';
import { packed, unpacked } from './pack.ts';

/** What a link carries after its `#`; the controls of the page itself stand before it, as in any address. */
export interface Shared {
  /** Hash of the cells and data of the page that it was made on. */
  page: string;
  /** What the sender's run was on, in words; '' where nothing was measured. */
  on: string;
  /** What the sender's run measured, by the address of the check; null: not finite. */
  measured: Record<string, number | null>;
  /** Settings of controls that only the edits have. */
  set: Record<string, string>;
  /** Cells that are not the site's. */
  edits: Record<string, LinkedText>;
}

const version = 1;
const limits = { fragment: 400_000, text: 200_000, cells: 40, names: 200 };

/** A link that cannot be read: why, and what to do. */
export class LinkError extends Error {}

const cut = () =>
  new LinkError(
    'This link is cut off: its end is missing. Ask for it again, as a file or in a message that keeps long links whole.',
  );
const changed = () =>
  new LinkError('This link was changed on its way, so nothing of it is used. Ask for it again.');
const strange = (what: string) =>
  new LinkError(`This link holds ${what}, which no page of this site writes, so nothing of it is used.`);

/** FNV-1a: tells a link that was cut or changed by accident; it is no signature. */
export function sumOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The part of a link from its `#`. Readable, but for the edits, which are compressed. */
export async function fragmentOf(shared: Shared): Promise<string> {
  const fields = new URLSearchParams({ page: shared.page });
  if (shared.on) fields.set('on', shared.on);
  for (const [id, value] of Object.entries(shared.measured))
    fields.set(`got.${id}`, value === null ? 'x' : String(Number(value.toPrecision(9))));
  for (const [key, value] of Object.entries(shared.set)) fields.set(`set.${key}`, value);
  if (Object.keys(shared.edits).length > 0) fields.set('edits', await packed(shared.edits));
  const text = `${begins}${version}&${fields}`;
  return `${text}&sum=${sumOf(text)}`;
}

/** What a link's fragment carries; undefined when it is an ordinary one. @throws LinkError, and nothing else. */
export async function sharedOf(fragment: string): Promise<Shared | undefined> {
  if (!isShared(fragment)) return undefined;
  if (fragment.length > limits.fragment) throw strange('more than a page can');
  const made = Number(/^#shared=(\d{1,6})(?:&|$)/.exec(fragment)?.[1]);
  if (!made) throw cut();
  if (made > version)
    throw new LinkError(
      'This link was made by a newer release of this site. Reload the page for that release, or ask for the values in words.',
    );
  const [, text, sum] = /^(.*)&sum=([0-9a-f]{8})$/s.exec(fragment) ?? [];
  if (text === undefined) throw cut();
  if (sumOf(text) !== sum) throw changed();
  return fieldsOf(new URLSearchParams(text.slice(begins.length)));
}

async function fieldsOf(fields: URLSearchParams): Promise<Shared> {
  const shared: Shared = { page: fields.get('page') ?? '', on: '', measured: {}, set: {}, edits: {} };
  shared.on = plainWords(fields.get('on') ?? '');
  if ([...fields].length > limits.names) throw strange('more values than a page has');
  for (const [name, value] of fields) {
    const [, kind, key] = /^(got|set)\.([\w-]{1,80})$/.exec(name) ?? [];
    if (kind === 'got') put(shared.measured, key, measuredOf(value));
    if (kind === 'set') put(shared.set, key, plainWords(value));
  }
  const edits = fields.get('edits');
  if (edits !== null) shared.edits = await editsOf(edits);
  return shared;
}

/** Names such as `__proto__` become entries like any other. */
function put<T>(record: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
}

/** A line of text that is shown as text: nobody's page is filled by it. */
const plainWords = (text: string) => text.replace(/\p{C}/gu, '').slice(0, 120);

function measuredOf(text: string): number | null {
  if (text === 'x') return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw strange(`“${plainWords(text)}” where a measured value belongs`);
  return value;
}

async function editsOf(text: string): Promise<Record<string, LinkedText>> {
  const found = await unpacked(text, limits.text * 2).catch(() => {
    throw strange('code that cannot be unpacked');
  });
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw strange('code of no known form');
  const cells = Object.entries(found);
  if (cells.length > limits.cells) throw strange('more cells than a page has');
  const edits: Record<string, LinkedText> = {};
  for (const [name, edit] of cells) {
    if (!/^[\w-]{1,80}$/.test(name) || !isText(edit)) throw strange('code of no known form');
    put(edits, name, { of: edit.of, text: edit.text });
  }
  return edits;
}

const isText = (edit: unknown): edit is LinkedText => {
  if (typeof edit !== 'object' || edit === null) return false;
  const { of, text } = edit as Record<string, unknown>;
  return typeof of === 'string' && typeof text === 'string' && text.length <= limits.text;
};
