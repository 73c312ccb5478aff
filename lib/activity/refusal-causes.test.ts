import { describe, expect, it } from "vitest";
import { FAILURES_OF_OURS } from "./call-result.types";
import { REFUSAL_CAUSES } from "./refusal-cause.types";
import { CAUSES, outcomesOfCause, toRefusalCause } from "./refusal-causes";

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

describe("the outcomes of a cause", () => {
  it.each(["tokens", "rooms", "introspections"] as const)("are those, and only those, that have it: of %s", (kind) => {
    for (const cause of REFUSAL_CAUSES) {
      const { reasons, ofRooms, ofOthers, isOther } = outcomesOfCause(cause);
      for (const reason of [...Object.keys(CAUSES), "never_heard_of"]) {
        const isAmong = [...reasons, ...(kind === "rooms" ? ofRooms : ofOthers)].includes(reason);
        expect(isAmong !== isOther, `${cause} ${reason}`).toBe(toRefusalCause(kind, reason) === cause);
      }
    }
  });
});
