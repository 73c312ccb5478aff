import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findSecurityMistakes, readChapters, renderSecurity, SECURITY_DOCUMENT, stateOf } from "./security-table.mjs";

type Row = {
  id: string;
  level: number;
  here?: string;
  code?: string[];
  tests?: { file: string; title: string }[];
  documents?: string[];
  operator?: string;
  gap?: string;
};

type Chapter = {
  id: string;
  title: string;
  /** How many requirements each section of the standard has. */
  sections: Record<string, number>;
  /** Those of level 3, which are judged where that was chosen. */
  level3: string[];
  rows: Row[];
  notApplicable: { ids: string[]; because: string }[];
};

const chapters: Chapter[] = readChapters();

const code = ["scripts/conformance/security-table.mjs"];
const tests = [{ file: "scripts/conformance/security.test.ts", title: "a row of requirements" }];
const chapterWith = (...rows: Row[]): Chapter => ({
  id: "V1",
  title: "One",
  sections: { "1.1": 2 },
  level3: ["1.1.2"],
  rows,
  notApplicable: [],
});
const mistakesOf = (row: Partial<Row>) => findSecurityMistakes([chapterWith({ id: "1.1.1", level: 1, ...row })]);

describe("docs/security.md", () => {
  it("judges every requirement of levels 1 and 2, by code and tests that are there", () => {
    expect(findSecurityMistakes(chapters)).toEqual([]);
    // ASVS 5.0 has 345 requirements, 92 of them of level 3.
    expect(chapters.flatMap(({ sections }) => Object.values(sections)).reduce((sum, count) => sum + count)).toBe(345);
    expect(chapters.flatMap(({ level3 }) => level3)).toHaveLength(92);
  });

  it("ends with the table of these rows", () => {
    const document = readFileSync(SECURITY_DOCUMENT, "utf8");
    expect(renderSecurity(document, chapters), "run: npm run docs:security").toBe(document);
  });
});

describe("a row of requirements", () => {
  it("is held by code and test, written down, left to the operator, or names what is missing", () => {
    const documents = ["docs/security.md"];
    const rows = [{ code, tests }, { code, tests, gap: "Half." }, { documents }, { documents, operator: "You." }];
    expect([...rows, { gap: "All." }, { code }, { tests }, {}].map(stateOf)).toEqual([
      ...["held", "held, but", "written down", "operator", "gap", "nothing", "nothing", "nothing"],
    ]);
  });

  it.each<[string, Partial<Row>, string]>([
    ["code alone", { code }, "1.1.1: has neither code and test, nor a document, nor a gap with a reason"],
    ["a file that is gone", { code: ["lib/gone.ts"], tests }, "1.1.1: there is no lib/gone.ts"],
    [
      "a test that is gone",
      { code, tests: [{ file: "lib/architecture.test.ts", title: "is gone" }] },
      '1.1.1: lib/architecture.test.ts has no test "is gone"',
    ],
    ["a bar", { gap: "a | b" }, "1.1.1: cannot say a | b"],
    ["another level", { code, tests, level: 3 }, "1.1.1 has another level"],
  ])("is refused with %s", (_what, row, mistake) => {
    expect(mistakesOf(row)).toEqual([mistake]);
  });

  it("is missed when nobody judged it, and is there once", () => {
    const row = { id: "1.1.1", level: 1, code, tests };
    expect(findSecurityMistakes([chapterWith(row)])).toEqual([]);
    expect(findSecurityMistakes([chapterWith()])).toEqual(["1.1.1 is not judged"]);
    expect(findSecurityMistakes([chapterWith(row, row)])).toEqual(["1.1.1 is there twice"]);
    expect(findSecurityMistakes([chapterWith(row, { ...row, id: "1.2.1" })])).toEqual([
      "1.2.1 is no requirement of V1",
    ]);
  });
});
