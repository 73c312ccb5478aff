import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventsIn, namelessLogCalls, reasonsIn } from "@/lib/testing/log-inventory";
import { readSourceFiles } from "@/lib/testing/source-files";

const inventory = readFileSync("docs/log-inventory.md", "utf8");
// What runs in the browser writes no line of the log, and the catalogue explains what others say.
const sources = readSourceFiles(
  (path) =>
    /^(?:(?:lib|app)\/.*|server)\.ts$/.test(path) &&
    !/\.test\.ts$|\/testing\/|\/_components\/|\/error-catalogue\.ts$/.test(path),
);

/** The names in the first column of the tables under a heading. */
function namesUnder(heading: string): string[] {
  const [, rest = ""] = inventory.split(`\n## ${heading}\n`);
  const [section = ""] = rest.split(/\n## /);
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => Array.from((row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g), ([, name]) => name ?? ""));
}

const source = (text: string, path = "lib/machine/a.ts") => [{ path, text }];

describe("the log inventory", () => {
  it("lists every event, and none that does not exist", () => {
    expect(namesUnder("Events").sort()).toEqual([...eventsIn(sources)].sort());
  });

  it("lists every reason code", () => {
    const listed = new Set(namesUnder("Reason codes"));
    expect([...reasonsIn(sources)].filter((reason) => !listed.has(reason))).toEqual([]);
  });

  it("lists no reason code that does not exist", () => {
    const code = sources.map(({ text }) => text).join("\n");
    expect(namesUnder("Reason codes").filter((reason) => !code.includes(`"${reason}"`))).toEqual([]);
  });

  it("lists every counter and gauge, and none that does not exist", () => {
    const [, table = ""] =
      /export type Metrics = \{\n([\s\S]*?)\n\};/.exec(readFileSync("lib/observability/metrics.ts", "utf8")) ?? [];
    const defined = Array.from(table.matchAll(/^ {2}(\w+):/gm), ([, name]) => name);
    expect(namesUnder("Counters and gauges").sort()).toEqual(defined.sort());
  });

  it("can be complete: no line of the log is without the name of its event", () => {
    expect(namelessLogCalls(sources)).toEqual([]);
  });
});

describe("the search for reason codes", () => {
  it.each([
    ["given by name", 'new OAuthError("invalid_client", { reason: "found_here" })'],
    ["given to a function", 'function no(reason: string): E {}\nthrow no("found_here");'],
    [
      "given to a function, not as its first argument",
      'function no(a: B<C>, reason: string) {}\nno(f("x", 1), "found_here");',
    ],
    [
      "given to a method of a type",
      'type A = { no(a: { b: string; c: string }, reason: string): E };\na.no(b, "found_here");',
    ],
    ["given to an AppError", 'throw new AppError("invalid", "found_here");'],
    ["in a table by status", 'const A = {\n  400: "found_here",\n};'],
    ["of a problem", '{ status: 400, code: "found_here" }'],
  ])("finds one that is %s", (_title, text) => {
    expect([...reasonsIn(source(text))]).toEqual(["found_here"]);
  });

  it("is not taken in by sentences and other literals", () => {
    expect([...reasonsIn(source('f("grant_type"); const x = { description: "a, (b" }; no("A sentence.")'))]).toEqual(
      [],
    );
  });

  it("finds lines of the log without a name", () => {
    expect(namelessLogCalls(source('log.info({ event: "a", b }, "B");'))).toEqual([]);
    expect(namelessLogCalls(source('log.error({ err }, "B");'))).toEqual(["lib/machine/a.ts: { err }"]);
  });
});
