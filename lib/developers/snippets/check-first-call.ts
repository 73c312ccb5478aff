import "server-only";

import { listExamplePeople } from "@/lib/applications/delegation/list-example-people";
import type { AccessCheck, AccessRuleName } from "@/lib/machine/check-access/access-check.types";
import { checkAccess } from "@/lib/machine/check-access/check-access";
import { DELEGATION_RULES } from "@/lib/oauth/delegation-rules";

/** What the snippets of an application need, in the order in which the token endpoint asks. */
export const FIRST_CALL_NEEDS = ["active", "secret", "scope", "domain", "person"] as const;
type FirstCallNeed = (typeof FIRST_CALL_NEEDS)[number];

/** On whose behalf the snippets of an application act, and which of their needs are met now. */
export type FirstCall = {
  email: string;
  /** On whose behalf it would be if nobody were named. */
  example: string;
  met: Record<FirstCallNeed, boolean>;
};

type JudgedCall = Omit<FirstCall, "example">;

/**
 * Says what would keep the first call of an application from working, by the very rules that the token endpoint asks:
 * on behalf of `email` or, where that is empty, of somebody on whose behalf it may act. Throws AppError `not_found`.
 */
export async function checkFirstCall(applicationId: string, email = ""): Promise<FirstCall> {
  const example = await findExample(applicationId);
  const call = email === "" || email === example.email ? example : await judge(applicationId, email);
  return { ...call, example: example.email };
}

async function findExample(applicationId: string): Promise<JudgedCall> {
  const calls: JudgedCall[] = [];
  for (const email of await listExamplePeople(applicationId)) {
    const call = await judge(applicationId, email);
    if (call.met.person) return call;
    calls.push(call);
  }
  const [first] = calls;
  if (first === undefined) throw new Error("There is always somebody to ask about.");
  return first;
}

async function judge(applicationId: string, email: string): Promise<JudgedCall> {
  const question = { applicationId, email, scopes: ["rooms:create"], grantType: "client_credentials" } as const;
  return { email, met: toMet(await checkAccess(question)) };
}

function toMet({ rules }: AccessCheck): FirstCall["met"] {
  const holds = (...names: AccessRuleName[]) =>
    rules.every(({ name, state }) => !names.includes(name) || state === "passed");
  return {
    active: holds("application"),
    secret: holds("credential", "grant"),
    scope: holds("scopes"),
    domain: holds("scope", "domain"),
    person: holds("scope", ...DELEGATION_RULES.map(({ name }) => name)),
  };
}
