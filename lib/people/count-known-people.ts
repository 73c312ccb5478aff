import "server-only";

import { database } from "@/lib/db/client";
import { type Counted, countedUpTo } from "@/lib/list/counted";
import { ROWS_COUNTED_MAX } from "@/lib/list/page-window";

/** How many people are known, active, and may be acted for: at most 10,000 are counted. */
export async function countKnownPeople(): Promise<Counted> {
  const counted = await database().person.count({
    where: { isActive: true, isDelegationAllowed: true },
    take: ROWS_COUNTED_MAX + 1,
  });
  return countedUpTo(ROWS_COUNTED_MAX, counted);
}
