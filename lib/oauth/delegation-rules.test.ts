import { describe, expect, it } from "vitest";
import { DELEGATION_RULES, type DelegationFacts, subjectRefused } from "./delegation-rules";
import { judgeRules, requireRules } from "./rule";

/** Somebody who may be acted for. */
const FACTS: DelegationFacts = {
  domain: "example.com",
  allowedDomains: ["example.com"],
  listing: null,
  hasAllowList: false,
  person: { isActive: true, isDelegationAllowed: true },
  staff: null,
  createsPeople: true,
};
const failedBy = (change: Partial<DelegationFacts>) =>
  judgeRules(DELEGATION_RULES, { ...FACTS, ...change }).flatMap(({ name, refusal }) =>
    refusal === undefined ? [] : [[name, refusal.reason]],
  );
const ONE_SENTENCE = subjectRefused("subject_unknown").description;

describe("whom an application may act for", () => {
  it.each<[string, Partial<DelegationFacts>]>([
    ["somebody known", {}],
    ["somebody new", { person: null }],
    ["somebody on the allow list", { hasAllowList: true, listing: "allow" }],
    ["a member of staff for whom it is allowed", { staff: { isImpersonationAllowed: true } }],
    ["somebody known where nobody is made", { createsPeople: false }],
  ])("is %s", (_who, change) => {
    expect(failedBy(change)).toEqual([]);
    expect(() => requireRules(DELEGATION_RULES, { ...FACTS, ...change })).not.toThrow();
  });

  it.each<[string, Partial<DelegationFacts>, string, string, "told" | "one sentence"]>([
    ["somebody of another domain", { domain: "example.org" }, "domain", "domain_not_allowed", "told"],
    ["somebody on the deny list", { listing: "deny" }, "deny_list", "subject_denied", "told"],
    ["somebody beside the allow list", { hasAllowList: true }, "allow_list", "subject_not_listed", "told"],
    ["a member of staff", { staff: { isImpersonationAllowed: false } }, "staff", "subject_is_staff", "one sentence"],
    [
      "somebody new where nobody is made",
      { person: null, createsPeople: false },
      "known",
      "subject_unknown",
      "one sentence",
    ],
    [
      "somebody switched off",
      { person: { isActive: false, isDelegationAllowed: true } },
      "active",
      "subject_inactive",
      "one sentence",
    ],
    [
      "somebody who opted out",
      { person: { isActive: true, isDelegationAllowed: false } },
      "opt_out",
      "subject_opted_out",
      "one sentence",
    ],
  ])("is not %s, by one rule and with its reason", (_who, change, name, reason, sentence) => {
    expect(failedBy(change)).toEqual([[name, reason]]);
    expect(() => requireRules(DELEGATION_RULES, { ...FACTS, ...change })).toThrow(
      expect.objectContaining({ code: "invalid_scope", reason }),
    );
    const outcomes = judgeRules(DELEGATION_RULES, { ...FACTS, ...change });
    const description = outcomes.find(({ refusal }) => refusal !== undefined)?.refusal?.description;
    expect(description === ONE_SENTENCE).toBe(sentence === "one sentence");
  });

  it("is judged by all rules in their order, and refused by the first that fails", () => {
    const nobody: DelegationFacts = {
      ...FACTS,
      domain: "example.org",
      listing: "deny",
      hasAllowList: true,
      person: { isActive: false, isDelegationAllowed: false },
      staff: { isImpersonationAllowed: false },
    };
    expect(judgeRules(DELEGATION_RULES, nobody).map(({ name, refusal }) => [name, refusal !== undefined])).toEqual([
      ["domain", true],
      ["deny_list", true],
      ["allow_list", true],
      ["staff", true],
      ["known", false],
      ["active", true],
      ["opt_out", true],
    ]);
    expect(() => requireRules(DELEGATION_RULES, nobody)).toThrow(
      expect.objectContaining({ reason: "domain_not_allowed" }),
    );
  });
});
