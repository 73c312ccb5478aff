import "server-only";

import type { Transaction } from "@/lib/db/client";

/**
 * Ends every session of a member, those that begin at this very moment included: they carry the version from before.
 * Returns the new version. Part of the caller's transaction.
 */
export async function endAllSessions(
  tx: Pick<Transaction, "staffMember" | "staffSession">,
  staffMemberId: string,
  now: Date,
): Promise<number> {
  const { sessionVersion } = await tx.staffMember.update({
    where: { id: staffMemberId },
    data: { sessionVersion: { increment: 1 } },
    select: { sessionVersion: true },
  });
  await tx.staffSession.updateMany({ where: { staffMemberId, endedAt: null }, data: { endedAt: now } });
  return sessionVersion;
}
