import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv, toJson } from "./export-text";

type Row = { name: string | string[] | number | null; note: string };

async function* batchesOf(...batches: Row[][]) {
  yield* batches;
}

async function read(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

const csv = (...batches: Row[][]) => read(toCsv(["name", "note"], batchesOf(...batches)));
const cell = async (name: Row["name"]) => (await csv([{ name, note: "" }])).split("\r\n")[1]?.replace(/,$/, "");

describe("toCsv", () => {
  it("begins with a byte order mark and the fields, and ends every line as RFC 4180 says", async () => {
    expect(await csv([{ name: "é", note: "b" }], [{ name: null, note: "d" }])).toBe("\uFEFFname,note\r\né,b\r\n,d\r\n");
    expect(await csv()).toBe("\uFEFFname,note\r\n");
  });

  it.each([
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("https://evil.example";"x")', '"\'=HYPERLINK(""https://evil.example"";""x"")"'],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t'=1"],
    ["\r=1", "\"'\r'=1\""],
    ["Team;=1+1", "Team;'=1+1"],
    ["Team;@SUM(A1);-1", "Team;'@SUM(A1);'-1"],
    ['"=1"', '"\'""=1"""'],
    ["Team\t+1", "Team\t'+1"],
    ["Team,=1", '"Team,\'=1"'],
    ["Team\n=1", '"Team\n\'=1"'],
    ['Team;"=1"', '"Team;""\'=1"""'],
    ["\uFF1D1", "'\uFF1D1"],
    [["=1", "b"], "'=1 b"],
  ])("takes the run out of %j", async (value, expected) => {
    expect(await cell(value)).toBe(expected);
  });

  it.each([
    ["a=b", "a=b"],
    [" =1", " =1"],
    ['say "hi"', '"say ""hi"""'],
    ["a,b", '"a,b"'],
    [["a", "b"], "a b"],
    [-5, "-5"],
  ])("leaves %j what it is", async (value, expected) => {
    expect(await cell(value)).toBe(expected);
  });

  it("keeps a line break inside of its cell", async () => {
    expect(await csv([{ name: "a\nb", note: "c" }])).toBe('\uFEFFname,note\r\n"a\nb",c\r\n');
  });
});

describe("no cell of a CSV file", () => {
  const units = fc.constantFrom(..."=+-@\uFF1D\uFF0B;,\t\r\n\"'a 1".split(""));
  const texts = fc.oneof(fc.string({ unit: units }), fc.string());

  it("is a formula, however a spreadsheet divides the file, and each keeps what it says", async () => {
    await fc.assert(
      fc.asyncProperty(texts, texts, async (name, note) => {
        const text = (await csv([{ name, note }])).slice(1);
        const cells = text.split(/[,;\t\r\n]/).map((part) => part.replace(/^"+/, ""));
        expect(cells.filter((part) => /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(part))).toEqual([]);
        const [, first, second] =
          /^name,note\r\n("(?:[^"]|"")*"|[^",\r\n]*),("(?:[^"]|"")*"|[^",\r\n]*)\r\n$/.exec(text) ?? [];
        const read = (cell = "") => cell.replace(/^"|"$/g, "").replaceAll('""', '"').replaceAll("'", "");
        expect([read(first), read(second)]).toEqual([name, note].map((value) => value.replaceAll("'", "")));
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});

describe("toJson", () => {
  it.each([
    [[]],
    [[[]]],
    [
      [
        [{ name: "=1", note: "a" }],
        [],
        [
          { name: null, note: '\u2028"' },
          { name: ["x"], note: "" },
        ],
      ],
    ],
  ])("writes one array of what all batches hold: %j", async (batches: Row[][]) => {
    expect(JSON.parse(await read(toJson(batchesOf(...batches))))).toEqual(batches.flat());
  });

  it.each([[[]], [[[{ name: "a", note: "b" }]]], [[[{ name: "a", note: "b" }], [{ name: "c", note: "d" }]]]])(
    "writes below a heading, which is the first line by itself, an object of both: %j",
    async (batches: Row[][]) => {
      const text = await read(toJson(batchesOf(...batches), { about: { text: "2 rows, “é”" }, rows: "rows" }));
      expect(JSON.parse(text)).toEqual({ about: { text: "2 rows, “é”" }, rows: batches.flat() });
      expect(text.split("\n")[0]).toBe('{"about":{"text":"2 rows, “é”"},');
    },
  );
});
