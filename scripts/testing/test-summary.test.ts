import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../project.mjs";
import { readPlaywrightReport, readVitestReport } from "./test-reports.mjs";
import { failOnce, runCheck } from "./test-suites.mjs";
import { slowestFiles, summarize } from "./test-summary.mjs";

const RED = `${String.fromCharCode(27)}[31m`;

const vitestReport = {
  testResults: [
    {
      name: join(root, "lib/a.test.ts"),
      status: "failed",
      startTime: 1000,
      endTime: 3000,
      assertionResults: [
        { status: "passed", fullName: "a holds" },
        { status: "failed", fullName: "a fails", failureMessages: [`${RED}expected 1 to be 2\n    at a.test.ts:1`] },
        { status: "pending", fullName: "a waits" },
      ],
    },
    {
      name: join(root, "lib/b.test.ts"),
      status: "failed",
      startTime: 0,
      endTime: 500,
      message: "it does not load",
      assertionResults: [],
    },
    {
      name: join(root, "lib/c.test.ts"),
      status: "failed",
      startTime: 0,
      endTime: 500,
      message: "its last hook fails",
      assertionResults: [{ status: "passed", fullName: "c holds" }],
    },
  ],
};

const playwrightReport = {
  stats: { expected: 1, flaky: 0, unexpected: 1 },
  errors: [{ message: "the server did not start", location: { file: "global.ts" } }],
  suites: [
    {
      suites: [
        {
          specs: [
            {
              file: "portal/a.spec.ts",
              title: "a fails",
              tests: [{ status: "unexpected", results: [{ duration: 1500, errors: [{ message: "no such button" }] }] }],
            },
          ],
        },
      ],
      specs: [
        {
          file: "b.spec.ts",
          title: "b holds",
          tests: [{ status: "expected", results: [{ duration: 10, errors: [] }] }],
        },
        { file: "b.spec.ts", title: "b waits", tests: [{ status: "skipped", results: [] }] },
      ],
    },
  ],
};

const step = <T>(title: string, counted: T) => ({ title, seconds: 1, ...counted });

describe("a report", () => {
  it("of vitest counts each test, and each file that fails without a test that does", () => {
    expect(readVitestReport(vitestReport)).toEqual({
      passed: 2,
      failed: 3,
      failures: [
        { path: "lib/b.test.ts", title: "the file", reason: "it does not load" },
        { path: "lib/c.test.ts", title: "the file", reason: "its last hook fails" },
        { path: "lib/a.test.ts", title: "a fails", reason: "expected 1 to be 2\n    at a.test.ts:1" },
      ],
      skipped: 1,
      skippedNames: ["a waits"],
      files: [
        { path: "lib/a.test.ts", seconds: 2 },
        { path: "lib/b.test.ts", seconds: 0.5 },
        { path: "lib/c.test.ts", seconds: 0.5 },
      ],
    });
  });

  it("of Playwright counts each test of each suite, and what fails outside of tests", () => {
    expect(readPlaywrightReport(playwrightReport)).toMatchObject({
      passed: 1,
      failed: 2,
      failures: [
        { path: "global.ts", title: "outside of a test", reason: "the server did not start" },
        { path: "e2e/portal/a.spec.ts", title: "a fails", reason: "no such button" },
      ],
      skippedNames: ["b waits"],
    });
  });
});

describe("a check", () => {
  it("that fails keeps what it printed last, and shows all of it", async () => {
    const shown: string[] = [];
    const script = "for (let n = 1; n <= 30; n++) console.log('line', n); process.exit(3)";
    const counted = await runCheck(["-e", script], { onOutput: (text: string) => shown.push(text) });
    expect(counted).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(counted.failures?.[0]?.reason.split("\n")).toHaveLength(14);
    expect(counted.failures?.[0]?.reason).toMatch(/line 30$/);
    expect(shown.join("")).toContain("line 1\n");
  });

  it("that holds is counted once", async () => {
    expect(await runCheck(["-e", ""], { onOutput: () => {} })).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });
});

describe("the summary", () => {
  it("ends with the sum of all steps, and names before it what failed and why", () => {
    const text = summarize([
      step("unit", readVitestReport(vitestReport)),
      step("end-to-end", readPlaywrightReport(playwrightReport)),
      step("types", failOnce({ title: "it ran nothing" })),
    ]);
    const failed = text.slice(text.indexOf("What failed:"));
    expect(failed).toBe(`What failed:
  unit › lib/b.test.ts › the file
    it does not load
  unit › lib/c.test.ts › the file
    its last hook fails
  unit › lib/a.test.ts › a fails
    expected 1 to be 2
        at a.test.ts:1
  end-to-end › global.ts › outside of a test
    the server did not start
  end-to-end › e2e/portal/a.spec.ts › a fails
    no such button
  types › it ran nothing

3 passed, 6 failed, 2 skipped
`);
  });

  it("of a run in which nothing failed says nothing of failures, and names what was skipped", () => {
    const text = summarize([step("unit", { passed: 2, failed: 0, skipped: 1, skippedNames: ["a waits"] })]);
    expect(text).not.toMatch(/failed:/);
    expect(text).toContain("skipped: a waits");
    expect(text).toMatch(/\n2 passed, 0 failed, 1 skipped\n$/);
  });

  it("shows the first of very many failures, and how many more there are", () => {
    const failures = Array.from({ length: 40 }, (_, n) => ({ path: "a.test.ts", title: `test ${n}`, reason: "" }));
    const text = summarize([step("unit", { passed: 0, failed: 40, skipped: 0, failures })]);
    expect(text).toContain("unit › a.test.ts › test 14\n  and 25 more\n");
    expect(text).not.toContain("test 15");
  });
});

describe("the slowest files", () => {
  it("are chosen over all suites, each with the sum of its tests and the suite it ran in", () => {
    const results = [
      { title: "unit", files: [{ path: "a.test.ts", seconds: 1 }] },
      { title: "types" },
      {
        title: "end-to-end",
        files: [
          { path: "b.spec.ts", seconds: 2 },
          { path: "b.spec.ts", seconds: 3 },
          { path: "a.test.ts", seconds: 0.5 },
        ],
      },
    ];
    expect(slowestFiles(results, 2)).toEqual([
      { name: "b.spec.ts (end-to-end)", seconds: 5 },
      { name: "a.test.ts (unit)", seconds: 1 },
    ]);
  });
});
