import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { lockPerson } from "./lock-person";
import type { RenamePerson } from "./person.schema";

/**
 * Changes how a person is called; "" takes the name away. The audit log says that it was changed, not from what to what:
 * nobody can delete from it, and a name is theirs. Throws AppError `not_found`.
 */
export async function renamePerson({ personId, displayName }: RenamePerson, actor: StaffActor): Promise<void> {
  const after = displayName === "" ? null : displayName;
  await inTransaction(async (tx) => {
    await lockPerson(tx, personId);
    const { count } = await tx.person.updateMany({
      where: { id: personId, OR: [{ displayName: null }, { displayName: { not: after } }] },
      data: { displayName: after },
    });
    if (count === 0) return;
    await recordAuditEvent(tx, actor, { action: "person.renamed", targetKind: "person", targetId: personId });
  });
}
