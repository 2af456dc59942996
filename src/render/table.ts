import type { Row, TableOutput } from '../protocol.ts';
import { h, noData } from './dom.ts';
import { formatNumber, formatValue, withMinus } from './format.ts';

type Value = Row[string];

/** Columns in the order in which the records name them. */
export function columnsOf(rows: Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

const isNumeric = (values: Value[]) =>
  values.some((v) => typeof v === 'number') &&
  values.every((v) => v === null || v === undefined || typeof v === 'number');

const decimals = (text: string) => (text.includes('e') ? 0 : (text.split('.')[1] ?? '').length);

// Three significant digits each, then as many decimals as the longest of them so that the points stand
// under one another; not where a column spans so much that this would print noise digits.
function numberColumn(values: Value[]): string[] {
  const texts = values.map((value) =>
    value === null || value === undefined ? '–' : formatNumber(value as number),
  );
  const most = Math.max(...texts.map(decimals));
  const even = most <= 4 && !texts.some((text) => text.includes('e'));
  return texts.map((text, i) =>
    even && most && /\d$/.test(text) ? withMinus((values[i] as number).toFixed(most)) : text,
  );
}

interface Column {
  name: string;
  numeric: boolean;
  texts: string[];
}

function columnOf(rows: Row[], name: string): Column {
  const values = rows.map((row) => row[name]);
  const numeric = isNumeric(values);
  return { name, numeric, texts: numeric ? numberColumn(values) : values.map(formatValue) };
}

function cell(document: Document, column: Column, row: number, first: boolean): Element {
  const heads = first && !column.numeric;
  const attributes = { class: column.numeric ? 'number' : null, scope: heads ? 'row' : null };
  return h(document, heads ? 'th' : 'td', attributes, column.texts[row]);
}

function head(document: Document, columns: Column[]): Element {
  const cells = columns.map(({ name, numeric }) =>
    h(document, 'th', { scope: 'col', class: numeric ? 'number' : null }, name),
  );
  return h(document, 'thead', {}, h(document, 'tr', {}, ...cells));
}

/** Records as a table; its box scrolls sideways, and is reachable by keyboard, where it is wider than the page. */
export function drawTable(output: TableOutput, document: Document): Element {
  if (!output.rows.length) return noData(document);
  const columns = columnsOf(output.rows).map((name) => columnOf(output.rows, name));
  const rows = output.rows.map((_, i) =>
    h(document, 'tr', {}, ...columns.map((column, j) => cell(document, column, i, j === 0))),
  );
  const title = output.title ?? 'table';
  const table = h(document, 'table', {}, head(document, columns), h(document, 'tbody', {}, ...rows));
  table.prepend(h(document, 'caption', { class: output.title ? 'ftitle' : 'described' }, title));
  return h(
    document,
    'div',
    { class: 'drawing scroll', tabindex: '0', role: 'region', 'aria-label': title },
    table,
  );
}
