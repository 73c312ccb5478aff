import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { UpdateApplication } from "./application.schema";
import { lockApplication } from "./lock-application";
import { SCOPES } from "./scopes";

/**
 * Changes what an application is called and may do. Its client id and its secrets are not this verb's to touch: they
 * stay valid and the same. Nor is for whom it may act. An edit that changes nothing is not written and leaves no audit
 * event. Throws AppError `not_found`.
 */
export async function updateApplication(
  { actor }: VerbContext,
  { applicationId, name, description, ownerContact, scopes }: UpdateApplication,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const stored = await tx.application.findUniqueOrThrow({
      where: { id: applicationId },
      select: { name: true, description: true, ownerContact: true, scopes: true },
    });
    // In the order of the form: another one means nothing and is no change.
    const before = { ...stored, scopes: SCOPES.filter((scope) => stored.scopes.includes(scope)) };
    const after = { name, description, ownerContact, scopes };
    const changes = changed(before, after);
    if (Object.keys(changes).length === 0) return;
    await tx.application.update({ where: { id: applicationId }, data: after, select: { id: true } });
    await recordAuditEvent(tx, actor, { action: "application.updated", targetId: applicationId, changes });
  });
}
