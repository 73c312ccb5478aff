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
import { getDelegationFacts } from "./get-delegation-facts";

/** An application that acts, not yet on behalf of somebody. */
type ResolvePersonContext = Pick<VerbContext, "config"> & { actor: Omit<ApplicationActor, "personId"> };

/** Whom the application names, and of which domains people may be. */
export type ResolvePerson = { email: EmailAddress; domains: DomainLimit };

/** Who it is, and whether this very call made them. */
export type ResolvedPerson = { id: string; isNew: boolean };

/**
 * Finds the person behind an address, or makes one: any number of first requests at once make exactly one. Throws
 * `invalid_scope` for somebody whom the application may not act for, by the first of `DELEGATION_RULES` that does not
 * hold.
 */
export async function resolvePerson(ctx: ResolvePersonContext, input: ResolvePerson): Promise<ResolvedPerson> {
  const known = await findActable(ctx, input);
  if (known !== null) return { ...known, isNew: false };
  const made = await createPerson(ctx, input.email);
  if (made !== null) return { ...made, isNew: true };
  // Somebody else made the same person in this moment. By now they may even be out of reach.
  const person = await findActable(ctx, input);
  if (person === null) throw new Error("A person that exists already could not be read.");
  return { ...person, isNew: false };
}

async function findActable(
  { actor, config }: ResolvePersonContext,
  { email, domains: allowedDomains }: ResolvePerson,
): Promise<{ id: string } | null> {
  const facts = await getDelegationFacts(email, actor.id);
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
