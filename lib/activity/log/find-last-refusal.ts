import "server-only";

import type { RefusedEntry } from "../activity.types";
import { getActivityScope } from "./get-activity-scope";
import { listActivity } from "./list-activity";

/** The newest request of an application that was refused in the last seven days, for a reason that is not ours. */
export async function findLastRefusal(
  application: string,
  { now, retentionDays }: { now: Date; retentionDays: number },
): Promise<RefusedEntry | undefined> {
  const scope = await getActivityScope({ application, outcome: "refused", range: "7d" }, { now, retentionDays });
  const { entries } = await listActivity(scope, {}, { now, perPage: 1 });
  const [entry] = entries;
  return entry?.reason == null ? undefined : { ...entry, reason: entry.reason };
}
