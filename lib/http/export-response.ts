import "server-only";

import { type CsvValue, toCsvRecord } from "./csv";

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type Export<Row> = {
  format: ExportFormat;
  /** Without extension; letters, digits and hyphens. */
  name: string;
  /** What the columns of the table are called, and what stands in them. */
  columns: Readonly<Record<string, (row: Row) => CsvValue>>;
  /** One row as JSON tells it. */
  toJson(row: Row): unknown;
  /** A batch is read when the client has taken the one before: memory holds one, however long the list is. */
  batches: AsyncIterable<readonly Row[]>;
};

const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
};

/** Answers with a file that is written while it is read from the database. A client that goes away ends the reading. */
export function exportResponse<Row>(what: Export<Row>): Response {
  const texts = what.format === "csv" ? csvTexts(what) : jsonTexts(what);
  return new Response(toByteStream(texts), {
    headers: {
      "Content-Type": MEDIA_TYPES[what.format],
      "Content-Disposition": `attachment; filename="${what.name}.${what.format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}

async function* csvTexts<Row>({ columns, batches }: Export<Row>): AsyncGenerator<string> {
  const cells = Object.values(columns);
  yield toCsvRecord(Object.keys(columns));
  for await (const rows of batches) yield rows.map((row) => toCsvRecord(cells.map((cell) => cell(row)))).join("");
}

async function* jsonTexts<Row>({ toJson, batches }: Export<Row>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const rows of batches) {
    for (const row of rows) {
      yield `${before}${JSON.stringify(toJson(row))}`;
      before = ",\n";
    }
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

function toByteStream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else if (value !== "") controller.enqueue(encoder.encode(value));
      else await this.pull?.(controller);
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
