import type { OAuthError } from "./oauth-error";

/**
 * One condition of a decision, with a name that people are told. A list of rules is asked in its order: the endpoint
 * stops at the first that fails, who explains a decision asks them all. So both say the same.
 */
export type Rule<Name extends string, Facts> = {
  name: Name;
  holds(facts: Facts): boolean;
  /** What the client is told when it does not hold. */
  refusal(): OAuthError;
};

export type RuleOutcome<Name extends string> = { name: Name; refusal: OAuthError | undefined };

/** Throws the refusal of the first rule that does not hold. */
export function requireRules<Facts>(rules: readonly Rule<string, Facts>[], facts: Facts): void {
  for (const rule of rules) if (!rule.holds(facts)) throw rule.refusal();
}

/** Asks every rule, also those after one that fails. */
export function judgeRules<Name extends string, Facts>(
  rules: readonly Rule<Name, Facts>[],
  facts: Facts,
): RuleOutcome<Name>[] {
  return rules.map((rule) => ({ name: rule.name, refusal: rule.holds(facts) ? undefined : rule.refusal() }));
}
