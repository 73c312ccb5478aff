import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { REACH_RULES } from "@/lib/oauth/reach-rules";
import { requireRules } from "@/lib/oauth/rule";
import { readReach } from "./read-reach";

export type ResolvePersonOptions = {
  /** `just-in-time` makes the person on first sight, `existing-only` refuses strangers. */
  provisioning: "just-in-time" | "existing-only";
  allowedDomains: DomainLimit;
  /** The application that acts, and where from. */
  application: Omit<ApplicationActor, "personId">;
};

/**
 * Finds the person behind an address, or makes one: any number of first requests at once make exactly one. Throws
 * `invalid_scope` for somebody whom the application may not act for, by the first of `REACH_RULES` that does not hold.
 */
export async function resolvePerson(email: EmailAddress, options: ResolvePersonOptions): Promise<{ id: string }> {
  const known = await findActable(email, options);
  if (known !== null) return known;
  // Null when somebody else made the same person in this moment. By then they may even be out of reach.
  const person = (await createPerson(email, options.application)) ?? (await findActable(email, options));
  if (person === null) throw new Error("A person that exists already could not be read.");
  return person;
}

async function findActable(email: EmailAddress, options: ResolvePersonOptions): Promise<{ id: string } | null> {
  const { provisioning, allowedDomains, application } = options;
  const reach = await readReach(email, application.id);
  const createsPeople = provisioning === "just-in-time";
  requireRules(REACH_RULES, { ...reach, domain: email.domain, allowedDomains, createsPeople });
  return reach.person === null ? null : { id: reach.person.id };
}

/** Makes the person, active and with nothing against it; null when the address is known already. */
async function createPerson(
  email: EmailAddress,
  application: Omit<ApplicationActor, "personId">,
): Promise<{ id: string } | null> {
  return inTransaction(async (tx) => {
    // ON CONFLICT DO NOTHING waits for a rival's transaction and then makes no row; an error would end this one.
    const [row] = await tx.person.createManyAndReturn({
      data: [{ email: email.address, createdByApplicationId: application.id }],
      select: { id: true, isActive: true, canBeActedFor: true },
      skipDuplicates: true,
    });
    if (row === undefined) return null;
    await recordAuditEvent(
      tx,
      { ...application, personId: row.id },
      {
        action: "person.created",
        targetKind: "person",
        targetId: row.id,
        changes: {
          isActive: { before: null, after: row.isActive },
          canBeActedFor: { before: null, after: row.canBeActedFor },
        },
      },
    );
    return { id: row.id };
  });
}
