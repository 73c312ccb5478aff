import "server-only";

import type { ActivityKind } from "@/lib/activity/activity.types";
import type { RefusalCause } from "@/lib/activity/refusal-cause.types";
import { type CAUSES, toRefusalCause } from "@/lib/activity/refusal-causes";
import type { AccessRuleName } from "@/lib/machine/check-access/access-check.types";

/** The reasons that mean the person, whatever was called. */
type PersonReason = {
  [Reason in keyof typeof CAUSES]: (typeof CAUSES)[Reason] extends "person" ? Reason : never;
}[keyof typeof CAUSES];

const PERSON_RULES = {
  subject_denied: "deny_list",
  person_denied: "deny_list",
  subject_not_listed: "allow_list",
  person_not_listed: "allow_list",
  subject_is_staff: "staff",
  person_is_staff: "staff",
  subject_unknown: "known",
  person_unknown: "known",
  subject_inactive: "active",
  person_inactive: "active",
  subject_opted_out: "opt_out",
  person_opted_out: "opt_out",
} as const satisfies Record<PersonReason, AccessRuleName>;

/**
 * By which of the rules that staff can change a request with this cause was refused. `some`: by one of them or by the
 * request itself, the row does not say. `none`: by what no rule of the portal decides.
 */
const CAUSE_RULES = {
  wrongSecret: "none",
  revokedCredential: "credential",
  switchedOff: "application",
  authenticationMethod: "none",
  assertion: "none",
  clock: "none",
  grant: "grant",
  audience: "none",
  personMissing: "none",
  person: PERSON_RULES,
  domain: "domain",
  scopeNotGranted: "scopes",
  scopeNotAsked: "some",
  revoked: "none",
  notFound: "none",
  request: "none",
  tooMany: "none",
  ours: "none",
  other: "none",
} as const satisfies Record<RefusalCause, AccessRuleName | "some" | "none" | typeof PERSON_RULES>;

/** Returns the rule by which a request was refused, as its stored reason says it. */
export function toRefusalRule(kind: ActivityKind, reason: string): AccessRuleName | "some" | "none" {
  const rule = CAUSE_RULES[toRefusalCause(kind, reason)];
  if (typeof rule === "string") return rule;
  return Object.hasOwn(rule, reason) ? rule[reason as PersonReason] : "some";
}
