import "server-only";

import type { SetApplicationStatuses } from "@/lib/applications/application.schema";
import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";

/**
 * Switches several applications on or off: all of them or, when anything fails, none. Those in the wanted state
 * already, and those that are gone, are left out. Leaves an audit event for each that was switched, and returns which
 * were, so that just these can be switched back.
 */
export async function setApplicationStatuses(
  { actor }: VerbContext,
  { applicationIds, isActive }: SetApplicationStatuses,
): Promise<{ switchedIds: string[] }> {
  return inTransaction(async (tx) => {
    // In one order, so that two of these at once wait for each other instead of dying.
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM applications
      WHERE id = ANY(${applicationIds}::uuid[]) AND is_active = ${!isActive} AND deleted_at IS NULL
      ORDER BY id FOR NO KEY UPDATE`;
    await tx.application.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { isActive } });
    for (const { id } of rows) {
      await recordAuditEvent(tx, actor, {
        action: isActive ? "application.activated" : "application.deactivated",
        targetId: id,
        changes: changed({ isActive: !isActive }, { isActive }),
      });
    }
    return { switchedIds: rows.map(({ id }) => id) };
  });
}
