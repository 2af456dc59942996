/** Files and copies out of the page, made in it: nothing leaves it but to the reader's disk or clipboard. */

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A text as a file. */
export const saveText = (text: string, name: string, type: string): void =>
  save(new Blob([text], { type: `${type};charset=utf-8` }), name);

export const saveCsv = (text: string, name: string): void => saveText(text, `${name}.csv`, 'text/csv');
