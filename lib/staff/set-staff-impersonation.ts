import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Says whether applications may act for somebody who may open the portal. Taken away, live tokens stop with their next
 * call. Asking for what holds already changes nothing and leaves no audit event. Throws AppError `not_found`.
 */
export async function setStaffImpersonation(
  { actor }: VerbContext,
  { staffMemberId, isImpersonationAllowed }: { staffMemberId: string; isImpersonationAllowed: boolean },
): Promise<void> {
  await inTransaction(async (tx) => {
    // The condition decides between two clicks at once: one of them finds the row changed already.
    const { count } = await tx.staffMember.updateMany({
      where: { id: staffMemberId, isImpersonationAllowed: !isImpersonationAllowed },
      data: { isImpersonationAllowed },
    });
    if (count === 0) {
      if ((await tx.staffMember.count({ where: { id: staffMemberId } })) > 0) return;
      throw new AppError("not_found", "not_found");
    }
    await recordAuditEvent(tx, actor, {
      action: isImpersonationAllowed ? "staff.impersonation_allowed" : "staff.impersonation_forbidden",
      targetId: staffMemberId,
      changes: changed({ isImpersonationAllowed: !isImpersonationAllowed }, { isImpersonationAllowed }),
    });
  });
}
