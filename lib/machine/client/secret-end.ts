import "server-only";

import { DAY_MS } from "@/lib/time";
import type { LiveSecret } from "./client-record";

/** Long enough to plan a rotation, short enough to mean it. */
const EXPIRY_ANNOUNCED_MS = 14 * DAY_MS;

/**
 * When the secret that was just used stops working, if its holder should hear of it now: always once somebody has set
 * its end, in the last 14 days before it expires, whichever comes first. Null otherwise.
 */
export function findAnnouncedEnd(
  { revokedAt, expiresAt }: Pick<LiveSecret, "revokedAt" | "expiresAt">,
  now: Date,
): Date | null {
  const isNear = expiresAt !== null && expiresAt.getTime() - now.getTime() <= EXPIRY_ANNOUNCED_MS;
  if (expiresAt === null || !isNear) return revokedAt;
  return revokedAt === null || expiresAt < revokedAt ? expiresAt : revokedAt;
}
