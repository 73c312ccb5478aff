import "server-only";

export type CsvValue = string | number | boolean | null | undefined;

/** What makes a spreadsheet take a cell for a formula, in its full-width forms as well. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Writes one record (RFC 4180). A text that a spreadsheet would run gets an apostrophe in front: whoever opens the file
 * must not run what somebody typed into a name.
 */
export function toCsvRecord(values: readonly CsvValue[]): string {
  return `${values.map(toCell).join(",")}\r\n`;
}

function toCell(value: CsvValue): string {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
