import "server-only";

import { database } from "@/lib/db/client";
import { HOUR_MS } from "@/lib/time";

/** Up to which moment the log is chained, and the head that stands for all of it. */
export type AuditChainHead = { until: Date; head: string };

/** Returns the newest head of the chain, or undefined where there is none yet. */
export async function findAuditChainHead(): Promise<AuditChainHead | undefined> {
  const link = await database().auditChainLink.findFirst({
    orderBy: { hour: "desc" },
    select: { hour: true, head: true },
  });
  return link === null ? undefined : { until: new Date(link.hour.getTime() + HOUR_MS), head: link.head };
}
