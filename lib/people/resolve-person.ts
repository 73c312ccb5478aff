import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { subjectRefused } from "@/lib/oauth/scope";

export type ResolvePersonOptions = {
  /** `just-in-time` makes the person on first sight, `existing-only` refuses strangers. */
  provisioning: "just-in-time" | "existing-only";
  /** The application that acts, and where from. */
  application: Omit<ApplicationActor, "personId">;
};

type PersonState = { id: string; isActive: boolean; canBeActedFor: boolean };

const PERSON_STATE = { id: true, isActive: true, canBeActedFor: true } as const;

/**
 * Finds the person behind an address, or makes one: any number of first requests at once make exactly one. Throws
 * `invalid_scope` for somebody who may not be acted for: inactive, opted out, a member of staff, or unknown where
 * nobody is provisioned. The public sentence is the same for all of them, so it does not tell who has an account.
 */
export async function resolvePerson(email: EmailAddress, options: ResolvePersonOptions): Promise<{ id: string }> {
  const [staffMember, known] = await Promise.all([
    // Whatever the state of the account: whoever may open the portal must not be reachable through an application.
    database().staffMember.findUnique({ where: { email: email.address }, select: { id: true } }),
    findPerson(email),
  ]);
  if (staffMember !== null) throw subjectRefused("subject_is_staff");
  if (known !== null) return requireActable(known);
  if (options.provisioning === "existing-only") throw subjectRefused("subject_unknown");
  return requireActable(await createPerson(email, options.application));
}

function findPerson(email: EmailAddress): Promise<PersonState | null> {
  return database().person.findUnique({ where: { email: email.address }, select: PERSON_STATE });
}

function requireActable(person: PersonState): { id: string } {
  if (!person.isActive) throw subjectRefused("subject_inactive");
  if (!person.canBeActedFor) throw subjectRefused("subject_opted_out");
  return { id: person.id };
}

async function createPerson(
  email: EmailAddress,
  application: Omit<ApplicationActor, "personId">,
): Promise<PersonState> {
  const created = await inTransaction(async (tx) => {
    // ON CONFLICT DO NOTHING waits for a rival's transaction and then makes no row; an error would end this one.
    const [row] = await tx.person.createManyAndReturn({
      data: [{ email: email.address, createdByApplicationId: application.id }],
      select: PERSON_STATE,
      skipDuplicates: true,
    });
    if (row === undefined) return undefined;
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
    return row;
  });
  const person = created ?? (await findPerson(email));
  if (person === null) throw new Error("A person that exists already could not be read.");
  return person;
}
