import "server-only";

import type { SetApplicationStatuses } from "@/lib/applications/application.schema";
import type { StatusPreview } from "@/lib/applications/application.types";
import { database } from "@/lib/db/client";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";

/**
 * Says which of the applications `setApplicationStatuses` would switch, by name, and what they did in the last 24
 * hours.
 */
export async function previewApplicationStatuses(
  { applicationIds, isActive }: SetApplicationStatuses,
  now: Date,
): Promise<StatusPreview> {
  const applications = await database().application.findMany({
    where: { id: { in: applicationIds }, isActive: !isActive, deletedAt: null },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const calls = await countRecentCalls({ applicationIds: applications.map(({ id }) => id) }, now);
  return { applications, calls };
}
