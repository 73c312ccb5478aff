import type { AccessRuleName } from "@/lib/machine/check-access/access-check.types";

export const RULE_OUTCOMES = ["passed", "failed", "unknown"] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

/** Why something about the past, or about now, cannot be told. */
export const UNTOLD = ["no_event", "too_many", "list", "provisioning", "scopes_not_kept", "person_not_kept"] as const;
type Untold = (typeof UNTOLD)[number];

/** A rule as it was when a request was refused, beside the rule as it is now. */
export type RuleThenAndNow = {
  name: AccessRuleName;
  past: RuleOutcome;
  now: RuleOutcome;
  /** What made it as it is now: an event of the audit log, or a moment that had been set before. */
  change: { kind: "event"; eventId: string } | { kind: "expiry"; at: Date } | null;
  /** What is not known of it, and why. */
  untold: Untold | null;
};

/** Whether the same request would be refused now, as far as the rules tell. */
export const VERDICTS = ["would_pass", "still_refused", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];
