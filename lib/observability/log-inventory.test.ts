import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { APP_REASONS } from "@/lib/errors/app-reason";
import { FIELD_REASONS } from "@/lib/errors/field-reason";
import { HTTP_REASONS, REQUEST_REASONS } from "@/lib/http/http-reason";
import { OAUTH_REASONS } from "@/lib/oauth/oauth-reason";
import { UNEXPECTED_HASH_REASONS } from "@/lib/secrets/password-hash";
import { readSourceFiles } from "@/lib/testing/source-files";
import { LOG_EVENTS } from "./log-event";
import type { LogReason } from "./logger";

const inventory = readFileSync("docs/log-inventory.md", "utf8");
const REASONS: readonly LogReason[] = [
  ...new Set([...OAUTH_REASONS, ...APP_REASONS, ...HTTP_REASONS, ...REQUEST_REASONS, ...UNEXPECTED_HASH_REASONS]),
];

/** The names in the first column of the tables under a heading. */
function namesUnder(heading: string): string[] {
  const [, rest = ""] = inventory.split(`\n## ${heading}\n`);
  const [section = ""] = rest.split(/\n## /);
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => Array.from((row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g), ([, name]) => name ?? ""));
}

/** Names that stand as text nowhere but where they are declared. */
function unused(names: readonly string[], declaredIn: RegExp): string[] {
  const code = readSourceFiles(
    (path) =>
      /^(?:(?:lib|app)\/|server\.ts$)/.test(path) && !/\.test\.tsx?$|\/testing\//.test(path) && !declaredIn.test(path),
  )
    .map(({ text }) => text)
    .join("\n");
  return names.filter((name) => !code.includes(`"${name}"`));
}

describe("the log inventory", () => {
  it("lists every event, and none that does not exist", () => {
    expect(namesUnder("Events").sort()).toEqual([...LOG_EVENTS].sort());
  });

  it("lists every reason code", () => {
    const listed = new Set(namesUnder("Reason codes"));
    expect(REASONS.filter((reason) => !listed.has(reason))).toEqual([]);
  });

  it("lists no reason code that does not exist", () => {
    // A refusal of single fields has them for its reason.
    const known = new Set<string>([...REASONS, ...FIELD_REASONS]);
    expect(namesUnder("Reason codes").filter((reason) => !known.has(reason))).toEqual([]);
  });
});

describe("the names in the log", () => {
  it("are no event that is never told", () => {
    expect(unused(LOG_EVENTS, /\/log-event\.ts$/)).toEqual([]);
  });

  it("are no reason code that nothing gives any more", () => {
    expect(unused(REASONS, /-reasons?\.ts$|\/refusal-causes\.ts$/)).toEqual([]);
  });
});
