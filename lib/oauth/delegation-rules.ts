import { type DomainLimit, isDomainAllowed } from "./domain-limit";
import { ERROR_SENTENCES } from "./error-sentences";
import { OAuthError } from "./oauth-error";
import type { OAuthReason } from "./oauth-reason";
import type { Rule } from "./rule";

/** What decides whether an application may act for the domain of an address. */
export type DomainFacts = { domain: string; allowedDomains: DomainLimit };

/** What decides whether an application may act for a person: its own limits first, then what is known of the person. */
export type DelegationFacts = DomainFacts & {
  /** What the lists of the application say of this very address. */
  listing: "allow" | "deny" | null;
  /** Whether the application may act only for people on its allow list. */
  hasAllowList: boolean;
  /** Null for somebody nobody has acted for yet. */
  person: { isActive: boolean; isDelegationAllowed: boolean } | null;
  /** Null for whoever has no account in the portal, whatever the state of that account. */
  staff: { isImpersonationAllowed: boolean } | null;
  /** Whether a person who is not known is made at the first token. */
  createsPeople: boolean;
};

export const DOMAIN_RULE: Rule<"domain", DomainFacts> = {
  name: "domain",
  holds: ({ domain, allowedDomains }) => isDomainAllowed(domain, allowedDomains),
  refusal: () => new OAuthError("invalid_scope", { reason: "domain_not_allowed" }),
};

/**
 * Who may be acted for, in the order in which it is decided. What staff have laid down for the application comes first
 * and is told; it depends on the address alone. What follows depends on accounts, and its refusals are one sentence, so
 * that no answer tells whether somebody has one.
 */
export const DELEGATION_RULES: readonly Rule<DelegationRuleName, DelegationFacts>[] = [
  DOMAIN_RULE,
  {
    name: "deny_list",
    holds: ({ listing }) => listing !== "deny",
    refusal: () => new OAuthError("invalid_scope", { reason: "subject_denied" }),
  },
  {
    name: "allow_list",
    holds: ({ listing, hasAllowList }) => !hasAllowList || listing === "allow",
    refusal: () => new OAuthError("invalid_scope", { reason: "subject_not_listed" }),
  },
  {
    name: "staff",
    holds: ({ staff }) => staff === null || staff.isImpersonationAllowed,
    refusal: () => subjectRefused("subject_is_staff"),
  },
  {
    name: "known",
    holds: ({ person, createsPeople }) => person !== null || createsPeople,
    refusal: () => subjectRefused("subject_unknown"),
  },
  {
    name: "active",
    holds: ({ person }) => person?.isActive !== false,
    refusal: () => subjectRefused("subject_inactive"),
  },
  {
    name: "opt_out",
    holds: ({ person }) => person?.isDelegationAllowed !== false,
    refusal: () => subjectRefused("subject_opted_out"),
  },
];

export type DelegationRuleName = "domain" | "deny_list" | "allow_list" | "staff" | "known" | "active" | "opt_out";

/**
 * The refusal for a person who cannot be acted for. One public sentence whatever the reason, so that the answer does
 * not tell whether an account exists; `reason` and `detail` tell the log.
 */
export function subjectRefused(reason: OAuthReason, detail?: string): OAuthError {
  return new OAuthError("invalid_scope", {
    reason,
    description: ERROR_SENTENCES.invalid_scope.subject_refused,
    detail,
  });
}
