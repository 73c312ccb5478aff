import { describe, expect, it } from "vitest";
import { download } from "./download";

async function* piecesOf(...pieces: string[]) {
  yield* pieces;
}

describe("a download", () => {
  it.each([
    ["csv", "text/csv; charset=utf-8; header=present"],
    ["json", "application/json"],
  ] as const)("is a file that no cache keeps: %s", async (format, type) => {
    const response = download({ name: "things", format, pieces: piecesOf("a", "", "é") });
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": type,
      "content-disposition": `attachment; filename="things.${format}"`,
      "cache-control": "private, no-store",
    });
    expect(await response.text()).toBe("aé");
  });

  it("makes no piece before the reader asks for it, and none when they have gone", async () => {
    let made = 0;
    let isOver = false;
    async function* endless() {
      try {
        for (;;) {
          made += 1;
          yield String(made);
        }
      } finally {
        isOver = true;
      }
    }
    const reader = download({ name: "things", format: "csv", pieces: endless() }).body?.getReader();
    expect(made).toBe(0);
    await reader?.read();
    await reader?.read();
    expect(made).toBe(2);
    await reader?.cancel();
    expect(isOver).toBe(true);
  });

  it("breaks off when a piece cannot be made: half a file must not pass for a whole one", async () => {
    async function* failing() {
      yield "[\n";
      throw new Error("the database is gone");
    }
    await expect(download({ name: "things", format: "json", pieces: failing() }).text()).rejects.toThrow(/gone/);
  });
});
