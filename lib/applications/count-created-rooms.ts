import "server-only";

import { database } from "@/lib/db/client";
import { COUNTED_MAX, type Counted, countedUpTo } from "@/lib/list/counted";

/** Counts the rooms that an application has created and that exist still: at most 1,000. */
export async function countCreatedRooms(applicationId: string): Promise<Counted> {
  const counted = await database().room.count({
    where: { createdByApplicationId: applicationId, deletedAt: null },
    take: COUNTED_MAX + 1,
  });
  return countedUpTo(COUNTED_MAX, counted);
}
