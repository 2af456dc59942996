import type { ImagesOutput, Output, PlotOutput, Row } from '../protocol.ts';
import { bytesOf } from './bytes.ts';
import { valueOfByte } from './pictures.ts';
import { columnsOf } from './table.ts';

type Field = Row[string] | undefined;

function quoted(value: Field): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// Constants that mark a reference (`ruleX([8.8])`) are data too: a column of their own.
function markRows(output: PlotOutput): Row[] {
  const several = output.marks.filter((mark) => mark.data?.length).length > 1;
  return output.marks.flatMap(({ mark, data }, i) =>
    (data ?? []).map((row) => {
      const fields = typeof row === 'object' && row !== null ? row : { value: row };
      return several ? { mark: `${mark} ${i + 1}`, ...fields } : fields;
    }),
  );
}

function* pixelRows({ rows, range, palette }: ImagesOutput): Generator<Row> {
  for (const { label, count, height, width, channels, pixels } of rows) {
    const bytes = bytesOf(pixels);
    for (let i = 0; i < count * height * width * channels; i++) {
      const at = Math.floor(i / channels);
      const place = {
        image: Math.floor(at / (height * width)),
        y: Math.floor(at / width) % height,
        x: at % width,
      };
      const value = valueOfByte(bytes[i], range, palette);
      yield { row: label, ...place, ...(channels === 3 ? { channel: i % 3 } : {}), value };
    }
  }
}

/** The records of an output, as its author gave them. */
export function recordsOf(output: Output): Row[] {
  switch (output.kind) {
    case 'plot':
      return markRows(output);
    case 'images':
      return [...pixelRows(output)];
    case 'table':
      return output.rows;
    case 'text':
      return [{ text: output.markdown }];
    case 'scrub':
      return output.frames.flatMap(({ at, output: frame }) =>
        recordsOf(frame).map((row) => ({ [output.label]: at, ...row })),
      );
  }
}

/** The data of an output as CSV (RFC 4180): full precision, one line a record, columns by name. */
export function csvOf(output: Output): string {
  const rows = recordsOf(output);
  const columns = columnsOf(rows);
  const lines = rows.map((row) => columns.map((name) => quoted(row[name])).join(','));
  return [columns.map(quoted).join(','), ...lines].join('\r\n').concat('\r\n');
}
