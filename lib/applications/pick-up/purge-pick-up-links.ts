import "server-only";

import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";

/** Days after they expired. The audit log keeps who made them and when they were used; the rows hold addresses. */
export const PICK_UP_LINKS_KEPT_DAYS = 30;

/** Deletes the links that expired long ago, used or not, and returns how many they were. */
export async function purgePickUpLinks(now: Date): Promise<number> {
  const end = new Date(now.getTime() - PICK_UP_LINKS_KEPT_DAYS * DAY_MS);
  const { count } = await database().pickUpLink.deleteMany({ where: { expiresAt: { lt: end } } });
  return count;
}
