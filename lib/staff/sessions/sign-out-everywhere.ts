import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { lockStaffMember } from "@/lib/staff/lock-staff-member";
import { endAllSessions } from "./end-all-sessions";

/**
 * Ends every session of a member in every browser, the actor's own among them if it is their own account. Who may do it
 * for somebody else is the action's question. Throws AppError `not_found`.
 */
export async function signOutEverywhere({ actor, now }: VerbContext, staffId: string): Promise<void> {
  await inTransaction(async (tx) => {
    await lockStaffMember(tx, staffId);
    await endAllSessions(tx, staffId, now());
    await recordAuditEvent(tx, actor, { action: "staff.signed_out_everywhere", targetId: staffId });
  });
}
