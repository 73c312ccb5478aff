import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DOCUMENT, findProofs, lostRows, readSections, readTests, renderTable } from "./conformance-table.mjs";

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

describe("docs/conformance.md", () => {
  it("calls no row proven that has lost its tests", () => {
    expect(lostRows(document, renderTable(sections, tests)), "bring the test back, or its title").toEqual([]);
  });

  it("says what the tests of this moment say", () => {
    expect(renderTable(sections, tests), "run: npm run docs:conformance").toBe(document);
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
  const proofOf = (id: string, text: string, where = path) => findProofs([id], [{ path: where, text }]).get(id);
  // Written in two parts, so that this file is no proof itself.
  const row = ["N", "01"].join("");

  it.each([
    `it("${row} obtains a token", async () => {`,
    `it("obtains a token (${row})", async () => {`,
    `  ["A09 ${row} two rows at once", 400],`,
    `    \`${row} with \${method}\`,`,
    `test('it is "quoted" by ${row}', () => {`,
  ])("is a title that names the row: %s", (line) => {
    expect(proofOf(row, line)).toEqual({ unit: [path] });
  });

  it.each([
    `// ${row} is a comment`,
    ` * "${row}" in a longer comment`,
    `it("N011 is another row", () => {`,
    `it("X${row}", () => {`,
    `const ${row} = 1;`,
    `it("all is well", () => {}); // ${row}`,
  ])("is not: %s", (line) => {
    expect(proofOf(row, line)).toEqual({});
  });

  it("counts for the level at which the file runs, and once a file", () => {
    const text = `it("${row} a", () => {});\nit("${row} b", () => {});`;
    expect(proofOf(row, text, "e2e/api/a.spec.ts")).toEqual({ "over HTTP": ["e2e/api/a.spec.ts"] });
    expect(proofOf(row, text, "lib/a.integration.test.ts")).toEqual({ integration: ["lib/a.integration.test.ts"] });
  });
});

describe("the states", () => {
  const rows = (id: string) => [{ id, source: "RFC", expectation: "It holds." }];
  const three: Section[] = [
    { id: "1", title: "One", rows: [...rows("A01"), ...rows("A02")] },
    { id: "2", title: "Two", outOfScope: "It is not offered.", rows: rows("A03") },
  ];
  const proven = [{ path: "lib/a.test.ts", text: 'it("A01 A03 hold", () => {});' }];

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
