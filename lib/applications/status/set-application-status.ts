import "server-only";

import type { SetApplicationStatus } from "@/lib/applications/application.schema";
import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Switches an application on or off. Off, it gets no token and those it has stop working with the next request.
 * Asking for the state it is in already changes nothing and leaves no audit event. Throws AppError `not_found`.
 */
export async function setApplicationStatus(
  { actor }: VerbContext,
  { applicationId, isActive }: SetApplicationStatus,
): Promise<void> {
  await inTransaction(async (tx) => {
    // The condition decides between two clicks at once: one of them finds the row changed already.
    const { count } = await tx.application.updateMany({
      where: { id: applicationId, isActive: !isActive, deletedAt: null },
      data: { isActive },
    });
    if (count === 0) {
      if ((await tx.application.count({ where: { id: applicationId, deletedAt: null } })) > 0) return;
      throw new AppError("not_found", "not_found");
    }
    await recordAuditEvent(tx, actor, {
      action: isActive ? "application.activated" : "application.deactivated",
      targetId: applicationId,
      changes: changed({ isActive: !isActive }, { isActive }),
    });
  });
}
