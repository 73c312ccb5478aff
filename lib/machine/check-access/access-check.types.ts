import type { DelegationRuleName } from "@/lib/oauth/delegation-rules";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

export type AccessRuleName =
  | "application"
  | "credential"
  | "grant"
  | "scope"
  | "signing_key"
  | "scopes"
  | DelegationRuleName;

/** Rules that need a person are not asked when the address cannot be read. */
export type AccessRule = { name: AccessRuleName; state: "passed" | "failed" | "not_asked"; reason: OAuthReason | null };

export type AccessCheck = {
  /** In the order in which the token endpoint asks them. */
  rules: AccessRule[];
  /** What the token endpoint would answer: RFC 6749 section 5.2. */
  refusal: { status: number; error: string; description: string } | null;
  /** What the token would say, by its names on the wire. */
  claims: Record<string, unknown> | null;
  /** Names of claims whose values only a real token has. */
  examples: string[];
  /** Whom the address names, as far as they are known; null when it cannot be read. */
  subject: { domain: string; personId: string | null } | null;
  /** Whether the first token would make the person known. */
  createsPerson: boolean;
};
