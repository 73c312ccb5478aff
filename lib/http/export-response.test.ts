import { describe, expect, it } from "vitest";
import { type ExportFormat, exportResponse } from "./export-response";

type Row = { name: string; size: number };

async function* batchesOf(...batches: Row[][]) {
  yield* batches;
}

const answer = (format: ExportFormat, batches: AsyncIterable<Row[]>) =>
  exportResponse({
    format,
    name: "things",
    columns: { name: (row) => row.name, size: (row) => row.size },
    toJson: (row) => row,
    batches,
  });

const ROWS = [[{ name: "a", size: 1 }], [], [{ name: "=b", size: 2 }]];

describe("an export", () => {
  it("is a file of records with a header", async () => {
    const response = answer("csv", batchesOf(...ROWS));
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="things.csv"',
      "cache-control": "private, no-store",
    });
    expect(await response.text()).toBe("name,size\r\na,1\r\n'=b,2\r\n");
  });

  it("is one JSON text, with every value as it is", async () => {
    const response = answer("json", batchesOf(...ROWS));
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual(ROWS.flat());
  });

  it("is well-formed when there is nothing", async () => {
    expect(await answer("json", batchesOf()).json()).toEqual([]);
    expect(await answer("csv", batchesOf([])).text()).toBe("name,size\r\n");
  });

  it("reads no further than the client does, and stops when it goes away", async () => {
    let read = 0;
    let isOver = false;
    async function* endless() {
      try {
        for (;;) {
          read += 1;
          yield [{ name: String(read), size: 0 }];
        }
      } finally {
        isOver = true;
      }
    }
    const reader = answer("csv", endless()).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(read).toBeLessThanOrEqual(3);
    await reader?.cancel();
    expect(isOver).toBe(true);
  });

  it("breaks off when the reading fails: half a file must not pass for a whole one", async () => {
    async function* failing() {
      yield [{ name: "a", size: 1 }];
      throw new Error("the database is gone");
    }
    await expect(answer("json", failing()).text()).rejects.toThrow(/gone/);
  });
});
