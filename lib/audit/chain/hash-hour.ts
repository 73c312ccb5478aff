import "server-only";

import { createHash } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import { HOUR_MS } from "@/lib/time";

/** What the events of one hour come to. */
export type HourOfEvents = { eventCount: number; digest: string };

/**
 * Hashes the events of the hour that begins at `hour`, in the order of the log: SHA-256 over the SHA-256 of each. What goes
 * into it is fixed: another column, or another order, would make every link that there is look forged.
 */
export async function hashHour(tx: Pick<Transaction, "$queryRaw">, hour: Date): Promise<HourOfEvents> {
  const end = new Date(hour.getTime() + HOUR_MS);
  const [found] = await tx.$queryRaw<HourOfEvents[]>`
    SELECT count(*)::int AS "eventCount",
           encode(sha256(convert_to(coalesce(string_agg(e."hash", E'\n' ORDER BY e."at", e."id"), ''), 'UTF8')), 'hex') AS "digest"
    FROM (
      SELECT "at", "id", encode(sha256(convert_to(jsonb_build_array(
          "id", (extract(epoch FROM "at") * 1000)::bigint, "actor_kind", "actor_id", "on_behalf_of_id", "action",
          "target_kind", "target_id", "ip", "request_id", "changes")::text, 'UTF8')), 'hex') AS "hash"
      FROM "audit_events" WHERE "at" >= ${hour} AND "at" < ${end}
    ) e`;
  if (found === undefined) throw new Error("A count has a row.");
  return found;
}

/** What the first link is chained to. */
export const NO_HEAD = "0".repeat(64);

/** The head of the chain once the link of an hour is on it. */
export function hashHead(before: string, hour: Date, { eventCount, digest }: HourOfEvents): string {
  return createHash("sha256").update([before, hour.toISOString(), eventCount, digest].join("\n")).digest("hex");
}
