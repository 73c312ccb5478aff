import "server-only";

import { listExamplePeople } from "@/lib/applications/delegation/list-example-people";
import type { AccessCheck, AccessRuleName } from "@/lib/machine/check-access/access-check.types";
import { checkAccess } from "@/lib/machine/check-access/check-access";
import { DELEGATION_RULES } from "@/lib/oauth/delegation-rules";

/** What the snippets of an application need, in the order in which the token endpoint asks. */
export const FIRST_CALL_NEEDS = ["active", "secret", "scope", "person"] as const;
export type FirstCallNeed = (typeof FIRST_CALL_NEEDS)[number];

/** On whose behalf the snippets of an application act, and which of their needs are met now. */
export type FirstCall = { email: string; met: Record<FirstCallNeed, boolean> };

/**
 * Chooses somebody on whose behalf an application may act, and says what would keep its first call from working: by the
 * very rules that the token endpoint asks. Throws AppError `not_found`.
 */
export async function checkFirstCall(applicationId: string): Promise<FirstCall> {
  const calls: FirstCall[] = [];
  for (const email of await listExamplePeople(applicationId)) {
    const question = { applicationId, email, scopes: ["rooms:create"], grantType: "client_credentials" } as const;
    const call = { email, met: toMet(await checkAccess(question)) };
    if (call.met.person) return call;
    calls.push(call);
  }
  const [first] = calls;
  if (first === undefined) throw new Error("There is always somebody to ask about.");
  return first;
}

function toMet({ rules }: AccessCheck): FirstCall["met"] {
  const holds = (...names: AccessRuleName[]) =>
    rules.every(({ name, state }) => !names.includes(name) || state === "passed");
  return {
    active: holds("application"),
    secret: holds("credential", "grant"),
    scope: holds("scopes"),
    person: holds("scope", ...DELEGATION_RULES.map(({ name }) => name)),
  };
}
