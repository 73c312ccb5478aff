import "server-only";

import { createHash } from "node:crypto";
import { database } from "@/lib/db/client";
import { HOUR_MS } from "@/lib/time";

/** What the events of one hour come to. */
export type HourOfEvents = { eventCount: number; digest: string };

type HashedEvent = { at: Date; id: string; hash: string };

/** Events of one read: far below what a statement may take, however much happened in an hour. */
const EVENTS_AT_ONCE = 5_000;

/**
 * Hashes the events of the hour that begins at `hour`, in the order of the log: SHA-256 over the SHA-256 of each, a line
 * for each. What goes into it is fixed: another column, or another order, would make every link that there is look forged.
 */
export async function hashHour(hour: Date): Promise<HourOfEvents> {
  const digest = createHash("sha256");
  let eventCount = 0;
  let last: HashedEvent | undefined;
  do {
    const events: HashedEvent[] = await readHashes(hour, last);
    for (const { hash } of events) {
      digest.update(eventCount === 0 ? hash : `\n${hash}`);
      eventCount += 1;
    }
    last = events.length < EVENTS_AT_ONCE ? undefined : events.at(-1);
  } while (last !== undefined);
  return { eventCount, digest: digest.digest("hex") };
}

/** Reads the hashes of the next events of an hour, after the one that was read last. */
function readHashes(hour: Date, after: HashedEvent | undefined): Promise<HashedEvent[]> {
  const end = new Date(hour.getTime() + HOUR_MS);
  const { at, id } = after ?? { at: hour, id: "00000000-0000-0000-0000-000000000000" };
  return database().$queryRaw<HashedEvent[]>`
    SELECT "at", "id"::text AS "id", encode(sha256(convert_to(jsonb_build_array(
        "id", (extract(epoch FROM "at") * 1000)::bigint, "actor_kind", "actor_id", "on_behalf_of_id", "action",
        "target_kind", "target_id", "ip", "request_id", "changes")::text, 'UTF8')), 'hex') AS "hash"
    FROM "audit_events" WHERE ("at", "id") > (${at}, ${id}::uuid) AND "at" < ${end}
    ORDER BY "at", "id" LIMIT ${EVENTS_AT_ONCE}`;
}

/** What the first link is chained to. */
export const NO_HEAD = "0".repeat(64);

/** The head of the chain once the link of an hour is on it. */
export function hashHead(before: string, hour: Date, { eventCount, digest }: HourOfEvents): string {
  return createHash("sha256").update([before, hour.toISOString(), eventCount, digest].join("\n")).digest("hex");
}
