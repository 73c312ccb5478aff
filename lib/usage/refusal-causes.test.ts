import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CODES_OF_CAUSES, toRefusalCause } from "./refusal-causes";

const codes = Object.values(CODES_OF_CAUSES).join(" ").split(" ");

describe("the causes of refusals", () => {
  it("explain codes that exist", () => {
    const inventory = readFileSync("docs/log-inventory.md", "utf8");
    expect(codes.map((code) => code.replace(/^\w+:/, "")).filter((code) => !inventory.includes(`\`${code}\``))).toEqual(
      [],
    );
  });

  it("explain each code once", () => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it.each([
    ["tokens", "scope_missing", "personMissing"],
    ["rooms", "scope_missing", "scopeNotAsked"],
    ["tokens", "method_not_allowed", "authenticationMethod"],
    ["rooms", "method_not_allowed", "request"],
    ["rooms", "secret_not_live", "endedCredential"],
    ["tokens", "database_unavailable", "ours"],
    ["tokens", "never_heard_of", "other"],
    ["tokens", "__proto__", "other"],
  ] as const)("of %s: %s is %s", (kind, reason, cause) => {
    expect(toRefusalCause(kind, reason)).toBe(cause);
  });
});
