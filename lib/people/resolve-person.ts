import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { DELEGATION_RULES } from "@/lib/oauth/delegation-rules";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { requireRules } from "@/lib/oauth/rule";
import type { StoredDelegationFacts } from "./delegation-columns";
import { getDelegationFacts } from "./get-delegation-facts";

/** An application that acts, not yet on behalf of somebody. */
type ResolvePersonContext = Pick<VerbContext, "config"> & { actor: Omit<ApplicationActor, "personId"> };

export type ResolvePerson = {
  /** Whom the application names. */
  email: EmailAddress;
  /** Of which domains people may be. */
  domains: DomainLimit;
  /** What was read of this very address and application just now; read here when it was not. */
  facts?: StoredDelegationFacts | undefined;
};

/** Who it is, and whether this very call made them. */
export type ResolvedPerson = { id: string; isNew: boolean };

/**
 * Finds the person behind an address, or makes one: any number of first requests at once make exactly one. Throws
 * `invalid_scope` for somebody whom the application may not act for, by the first of `DELEGATION_RULES` that does not
 * hold.
 */
export async function resolvePerson(ctx: ResolvePersonContext, input: ResolvePerson): Promise<ResolvedPerson> {
  const facts = input.facts ?? (await getDelegationFacts(input.email, ctx.actor.id));
  const known = requireActable(ctx, input, facts);
  if (known !== null) return { ...known, isNew: false };
  const made = await createPerson(ctx, input.email);
  if (made !== null) return { ...made, isNew: true };
  // Somebody else made the same person in this moment. By now they may even be out of reach.
  const person = requireActable(ctx, input, await getDelegationFacts(input.email, ctx.actor.id));
  if (person === null) throw new Error("A person that exists already could not be read.");
  return { ...person, isNew: false };
}

function requireActable(
  { config }: ResolvePersonContext,
  { email, domains: allowedDomains }: ResolvePerson,
  facts: StoredDelegationFacts,
): { id: string } | null {
  // Where only known people are served, strangers are refused.
  const createsPeople = config.userProvisioning === "just-in-time";
  requireRules(DELEGATION_RULES, { ...facts, domain: email.domain, allowedDomains, createsPeople });
  return facts.person === null ? null : { id: facts.person.id };
}

/** Makes the person, active and with nothing against it; null when the address is known already. */
async function createPerson({ actor }: ResolvePersonContext, email: EmailAddress): Promise<{ id: string } | null> {
  return inTransaction(async (tx) => {
    // ON CONFLICT DO NOTHING waits for a rival's transaction and then makes no row; an error would end this one.
    const [row] = await tx.person.createManyAndReturn({
      data: [{ email: email.address, createdByApplicationId: actor.id }],
      select: { id: true, isActive: true, isDelegationAllowed: true },
      skipDuplicates: true,
    });
    if (row === undefined) return null;
    await recordAuditEvent(
      tx,
      { ...actor, personId: row.id },
      {
        action: "person.created",
        targetId: row.id,
        changes: created({ isActive: row.isActive, isDelegationAllowed: row.isDelegationAllowed }),
      },
    );
    return { id: row.id };
  });
}
