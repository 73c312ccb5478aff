type Value = string | number | boolean | null | readonly string[];

/** What makes a spreadsheet run a cell as a formula, in the wide forms of East Asian keyboards as well. */
const FORMULA_START = /^(?:[\t\r\n]|"*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/**
 * Where a cell begins for a spreadsheet that separates by something else than this file does: in many countries `;`,
 * and a tab or a line break wherever quotation marks are not understood as here. Quotation marks there are none of the
 * value.
 */
const FORMULA_INSIDE = /[,;\t\r\n]"*(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** Excel takes a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Writes rows as comma-separated values (RFC 4180), beginning with a byte order mark and the names of the fields. A
 * list is one cell, its values separated by spaces. What a spreadsheet would run is preceded by an apostrophe, at the
 * beginning of a text and after everything in it that may be taken for the end of a cell.
 */
export async function* toCsv<Field extends string>(
  fields: readonly Field[],
  batches: AsyncIterable<readonly Record<Field, Value>[]>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${fields.map(toCell).join(",")}\r\n`;
  for await (const rows of batches) {
    yield rows.map((row) => `${fields.map((field) => toCell(row[field])).join(",")}\r\n`).join("");
  }
}

/** What a file of JSON says about its rows, in a member `about`, and what the member is called that holds them. */
type Heading = { about: object; rows: string };

/** Writes rows as one JSON array, a row on each line; below a heading, which is the first line, as a member of an object. */
export async function* toJson(batches: AsyncIterable<readonly object[]>, heading?: Heading): AsyncGenerator<string> {
  const [opening, closing] =
    heading === undefined
      ? ["[", "]\n"]
      : [`{"about":${JSON.stringify(heading.about)},\n${JSON.stringify(heading.rows)}:[`, "]}\n"];
  let start = `${opening}\n`;
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield start + rows.map((row) => JSON.stringify(row)).join(",\n");
    start = ",\n";
  }
  yield start === ",\n" ? `\n${closing}` : `${opening}${closing}`;
}

/** Rewrites what batches hold, row by row, as they are read. */
export async function* mapBatches<Row, Result>(
  batches: AsyncIterable<readonly Row[]>,
  toResult: (row: Row) => Result,
): AsyncGenerator<Result[]> {
  for await (const rows of batches) yield rows.map(toResult);
}

function toCell(value: Value): string {
  const text = Array.isArray(value) ? value.join(" ") : String(value ?? "");
  const safe = typeof value === "number" ? text : neutralise(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function neutralise(text: string): string {
  const safe = text.replaceAll(FORMULA_INSIDE, "$&'");
  return FORMULA_START.test(safe) ? `'${safe}` : safe;
}
