import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RevokeApplicationKey } from "./client-authentication.schema";

/**
 * Revokes a key of an application, for good: it signs nothing any more, and the tokens it obtained stop with their next
 * request. A published key stays revoked however long the application goes on publishing it. Revoking twice changes
 * nothing. Throws AppError `not_found`, also for a key of another application.
 */
export async function revokeApplicationKey(
  { actor, now }: VerbContext,
  { applicationId, keyId }: RevokeApplicationKey,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const key = await tx.applicationKey.findFirst({
      where: { id: keyId, applicationId },
      select: { kid: true, revokedAt: true },
    });
    if (key === null) throw new AppError("not_found", "not_found");
    if (key.revokedAt !== null) return;
    const revokedAt = now();
    await tx.applicationKey.update({
      where: { id: keyId },
      data: { revokedAt, revokedById: actor.id },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.key_revoked",
      targetId: applicationId,
      changes: {
        keyId: { before: keyId, after: keyId },
        kid: { before: key.kid, after: key.kid },
        ...created({ revokedAt }),
      },
    });
  });
}
