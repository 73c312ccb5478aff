import "server-only";

import { SYSTEM } from "@/lib/audit/actor";
import { removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";

/** A purge goes along with other work: it must stay short. The next one goes on. */
const ROOMS_AT_ONCE = 100;

/**
 * Removes rooms for good that were deleted `retentionDays` or more ago, with their roles and guests. Of each only its
 * audit events remain. Several instances may do it at once. Returns how many were removed.
 */
export async function purgeDeletedRooms(now: Date, retentionDays: number): Promise<number> {
  const before = new Date(now.getTime() - retentionDays * DAY_MS);
  return inTransaction(async (tx) => {
    // What another instance is removing already is left to it.
    const rooms = await tx.$queryRaw<{ id: string; slug: string }[]>`
      SELECT "id", "slug" FROM "rooms" WHERE "deleted_at" <= ${before}
      ORDER BY "deleted_at" LIMIT ${ROOMS_AT_ONCE} FOR UPDATE SKIP LOCKED`;
    for (const { id, slug } of rooms) {
      await recordAuditEvent(tx, SYSTEM, { action: "room.purged", targetId: id, changes: removed({ slug }) });
    }
    if (rooms.length === 0) return 0;
    const { count } = await tx.room.deleteMany({ where: { id: { in: rooms.map(({ id }) => id) } } });
    return count;
  });
}
