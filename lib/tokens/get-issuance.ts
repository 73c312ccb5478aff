import "server-only";

import { database } from "@/lib/db/client";
import { COUNTED_MAX, type Counted, countedUpTo } from "@/lib/list/counted";

/** Whether anybody gets tokens, and up to when all of them are revoked. */
export type Issuance = { activeApplications: Counted; allRevokedUntil: Date | null };

/** Returns how things stand for every application at once. Tokens are issued as long as one application is active. */
export async function getIssuance(): Promise<Issuance> {
  const [active, cutoff] = await Promise.all([
    database().application.count({ where: { isActive: true, deletedAt: null }, take: COUNTED_MAX + 1 }),
    database().tokenCutoff.findUnique({ where: { id: 1 }, select: { tokensRevokedAt: true } }),
  ]);
  return {
    activeApplications: countedUpTo(COUNTED_MAX, active),
    allRevokedUntil: cutoff?.tokensRevokedAt ?? null,
  };
}
