import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { lockPerson } from "./lock-person";
import type { RenamePerson } from "./person.schema";

/**
 * Changes how a person is called; "" takes the name away. The audit log says that it was changed, not from what to what:
 * nobody can delete from it, and a name is theirs. Throws AppError `not_found`.
 */
export async function renamePerson({ actor }: VerbContext, { personId, displayName }: RenamePerson): Promise<void> {
  const after = displayName === "" ? null : displayName;
  await inTransaction(async (tx) => {
    await lockPerson(tx, personId);
    const { count } = await tx.person.updateMany({
      where: { id: personId, OR: [{ displayName: null }, { displayName: { not: after } }] },
      data: { displayName: after },
    });
    if (count === 0) return;
    await recordAuditEvent(tx, actor, { action: "person.renamed", targetId: personId });
  });
}
