import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  DOCUMENT,
  findMistakes,
  findProofs,
  lostRows,
  readSections,
  readTests,
  renderTable,
} from "./conformance-table.mjs";

type Section = {
  id: string;
  title: string;
  /** Every row of it has a test, and keeps one. */
  finished?: true;
  /** Why no row of it is wanted. */
  outOfScope?: string;
  rows: { id: string; source: string; expectation: string }[];
};

const sections: Section[] = readSections();
const tests = readTests();
const document = readFileSync(DOCUMENT, "utf8");

/** Put together, so that this file names no rows itself. */
const naming = (...ids: string[]) => `// ${"Conformance"}: ${ids.join(", ")}`;

describe("docs/conformance.md", () => {
  it("calls no row proven that has lost its tests", () => {
    expect(lostRows(document, renderTable(sections, tests)), "bring the test back, or the comment above it").toEqual(
      [],
    );
  });

  it("says what the tests of this moment say", () => {
    expect(renderTable(sections, tests), "run: npm run docs:conformance").toBe(document);
  });

  it("is read from comments that name rows and stand above a test", () => {
    const ids = sections.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(findMistakes(ids, tests)).toEqual([]);
  });

  it("has a test for every row of a finished section", () => {
    const rows = sections.filter(({ finished }) => finished).flatMap((section) => section.rows);
    const proofs = findProofs(
      rows.map(({ id }) => id),
      tests,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ id }) => Object.keys(proofs.get(id) ?? {}).length === 0)).toEqual([]);
  });

  it("has each row once, with a source and one sentence", () => {
    const rows = sections.flatMap((section) => section.rows);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, source, expectation } of rows) {
      expect(id).toMatch(/^[A-Z]\d\d$/);
      expect(source).not.toBe("");
      // A table cell: no line break, no bar.
      expect(expectation).toMatch(/^[A-Z][^|\n]+\.$/);
    }
  });
});

describe("a proof", () => {
  const path = "lib/oauth/a.test.ts";
  const proofOf = (text: string, where = path) => findProofs(["N01"], [{ path: where, text }]).get("N01");
  const mistakesOf = (text: string) => findMistakes(["A09", "N01", "N02"], [{ path, text }]);

  it.each([
    `${naming("N01")}\nit("obtains a token", async () => {`,
    `  ${naming("A09", "N01", "N02")}\n  it.each([`,
    `  ${naming("N01")}\n  test(\`refuses \${method}\`, () => {`,
    `${naming("N01")}\ntest.describe("tokens", () => {`,
    `  ${naming("N01")}\n  fuzz(`,
    `    ${naming("N01")}\n    ["an empty scope", 400],`,
    `    ${naming("N01")}\n    { title: "an empty scope" },`,
    `    ${naming("N01")}\n    "an empty scope": () => ({}),`,
    `    ${naming("N01")}\n    unsigned: () => ({}),`,
  ])("is a comment directly above what it names rows for: %s", (text) => {
    expect(proofOf(text)).toEqual({ unit: [path] });
    expect(mistakesOf(text)).toEqual([]);
  });

  const form = "write a line of its own";
  const place = "stands above no test, describe or row of a table";
  it.each([
    ["rows out of order", `${naming("N02", "N01")}\nit("a", () => {});`, "name each row once, in order"],
    ["a row twice", `${naming("N01", "N01")}\nit("a", () => {});`, "name each row once, in order"],
    ["rows without commas", `${naming("N01")} N02\nit("a", () => {});`, form],
    ["rows and a remark", `${naming("N01")}, as it should\nit("a", () => {});`, form],
    ["another spelling", `${naming("N01").toLowerCase()}\nit("a", () => {});`, form],
    ["a longer comment", ` * ${naming("N01").slice(3)}\nit("a", () => {});`, form],
    ["the end of a line", `it("a", () => {}); ${naming("N01")}\nit("b", () => {});`, form],
    ["the end of a group", `  ${naming("N01")}\n});`, place],
    ["the end of a table", `  ${naming("N01")}\n  ])("%s", () => {`, place],
    ["the end of a file", naming("N01"), place],
    ["a gap where a test was", `${naming("N01")}\n\nit("b", () => {});`, place],
    ["another comment", `${naming("N01")}\n// Why.\nit("b", () => {});`, place],
    ["something else", `${naming("N01")}\nconst a = 1;`, place],
  ])("is not, and is a mistake: a comment with %s", (_title, text, mistake) => {
    expect(proofOf(text)).toEqual({});
    expect(mistakesOf(text)).toEqual([expect.stringMatching(new RegExp(`^${path}:1: ${mistake}`))]);
  });

  it("can only be for a row that exists", () => {
    const text = `${naming("N01", "N03")}\nit("a", () => {});`;
    expect(mistakesOf(text)).toEqual([`${path}:1: N03 is no row of docs/conformance-rows.json`]);
  });

  it.each(['it("all is as N01 says", () => {});', "// N01 asks for this.\nit('a', () => {});"])(
    "is not, although it may be written: %s",
    (text) => {
      expect(proofOf(text)).toEqual({});
      expect(mistakesOf(text)).toEqual([]);
    },
  );

  it("counts for the level at which the file runs, and once a file", () => {
    const text = `${naming("N01")}\nit("a", () => {});\n${naming("N01")}\nit("b", () => {});`;
    expect(proofOf(text, "e2e/api/a.spec.ts")).toEqual({ "over HTTP": ["e2e/api/a.spec.ts"] });
    expect(proofOf(text, "lib/a.integration.test.ts")).toEqual({ integration: ["lib/a.integration.test.ts"] });
  });
});

describe("the states", () => {
  const rows = (id: string) => [{ id, source: "RFC", expectation: "It holds." }];
  const three: Section[] = [
    { id: "1", title: "One", rows: [...rows("A01"), ...rows("A02")] },
    { id: "2", title: "Two", outOfScope: "It is not offered.", rows: rows("A03") },
  ];
  const proven = [{ path: "lib/a.test.ts", text: `${naming("A01", "A03")}\nit("hold", () => {});` }];

  it("are proven, planned and out of scope, each with the tests that there are", () => {
    const table = renderTable(three, proven);
    expect(table).toContain("3 rows: 1 proven, 1 planned, 1 out of scope.\n");
    expect(table).toContain("| A01 | RFC | It holds. | proven | unit: `lib/a.test.ts` |\n");
    expect(table).toContain("| A02 | RFC | It holds. | planned |  |\n");
    expect(table).toContain("| A03 | RFC | It holds. | out of scope | unit: `lib/a.test.ts` |\n");
  });

  it("never go back from proven without being named", () => {
    const before = renderTable(three, proven);
    expect(lostRows(before, renderTable(three, []))).toEqual(["A01"]);
    expect(lostRows(before, before)).toEqual([]);
    expect(lostRows("", before)).toEqual([]);
  });
});
