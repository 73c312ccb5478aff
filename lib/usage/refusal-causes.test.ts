import { describe, expect, it } from "vitest";
import { CAUSES, REFUSAL_CAUSES, toRefusalCause } from "./refusal-causes";
import { FAILURES_OF_OURS } from "./usage.types";

describe("the causes of refusals", () => {
  it("are each behind some reason", () => {
    const used = new Set(
      Object.values(CAUSES).flatMap((cause) => (typeof cause === "string" ? cause : Object.values(cause))),
    );
    expect([...used].sort()).toEqual([...REFUSAL_CAUSES].sort());
  });

  it("call those failures ours that are counted as failures", () => {
    const ours = Object.entries(CAUSES).flatMap(([reason, cause]) => (cause === "ours" ? [reason] : []));
    expect(ours.sort()).toEqual([...FAILURES_OF_OURS].sort());
  });

  it.each([
    ["tokens", "scope_missing", "personMissing"],
    ["rooms", "scope_missing", "scopeNotAsked"],
    ["tokens", "method_not_allowed", "authenticationMethod"],
    ["rooms", "method_not_allowed", "request"],
    ["rooms", "secret_not_live", "revokedCredential"],
    ["tokens", "database_unavailable", "ours"],
    ["tokens", "never_heard_of", "other"],
    ["tokens", "__proto__", "other"],
  ] as const)("of %s: %s is %s", (kind, reason, cause) => {
    expect(toRefusalCause(kind, reason)).toBe(cause);
  });
});
