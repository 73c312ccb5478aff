import type { RefusalCause } from "@/lib/activity/refusal-cause.types";
import type { AccessRuleName } from "@/lib/machine/check-access/access-check.types";
import type { Permission } from "@/lib/permissions";

/** What staff can do about a refusal, and what takes doing it. */
export const CURE_PERMISSIONS = {
  activate: "applications:write",
  replaceSecret: "secrets:write",
  changeAuthentication: "applications:write",
  grantScopes: "applications:write",
  addDomain: "applications:write",
  liftDenial: "applications:write",
  allowPerson: "applications:write",
  allowImpersonation: "staff:allow-impersonation",
  switchPersonOn: "people:write",
} as const satisfies Record<string, Permission>;
export type Cure = keyof typeof CURE_PERMISSIONS;

/** Who could do something about a refusal that nothing in the portal cures. */
export type Hopeless = { nothingHere: "developers" | "operators" | "nobody" };

/** What cures each rule that does not hold, or why nothing here does. */
export const RULE_CURES = {
  application: "activate",
  credential: "replaceSecret",
  grant: "changeAuthentication",
  scope: { nothingHere: "developers" },
  signing_key: "changeAuthentication",
  scopes: "grantScopes",
  domain: "addDomain",
  deny_list: "liftDenial",
  allow_list: "allowPerson",
  staff: "allowImpersonation",
  known: { nothingHere: "operators" },
  active: "switchPersonOn",
  opt_out: "switchPersonOn",
} as const satisfies Record<AccessRuleName, Cure | Hopeless>;

/** The same for what refuses before or beside the rules. `rule`: by one of them, whose cure it is. */
export const CAUSE_CURES = {
  wrongSecret: "replaceSecret",
  revokedCredential: "rule",
  switchedOff: "rule",
  authenticationMethod: "changeAuthentication",
  assertion: "changeAuthentication",
  clock: { nothingHere: "developers" },
  grant: "rule",
  audience: { nothingHere: "developers" },
  personMissing: { nothingHere: "developers" },
  person: "rule",
  domain: "rule",
  scopeNotGranted: "rule",
  scopeNotAsked: "rule",
  revoked: { nothingHere: "nobody" },
  notFound: { nothingHere: "developers" },
  request: { nothingHere: "developers" },
  tooMany: { nothingHere: "developers" },
  ours: { nothingHere: "operators" },
  other: { nothingHere: "developers" },
} as const satisfies Record<RefusalCause, Cure | Hopeless | "rule">;
