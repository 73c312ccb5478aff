import "server-only";

import { database } from "@/lib/db/client";
import { idleSince } from "./staff-session";

/** Counts the sessions of all members that count now, as `isSessionLive` tells them. */
export async function countLiveSessions(now: Date): Promise<number> {
  const [found] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count"
    FROM "staff_sessions" s JOIN "staff_members" m ON m."id" = s."staff_member_id"
    WHERE s."ended_at" IS NULL AND s."expires_at" > ${now} AND s."last_seen_at" > ${idleSince(now)}
      AND m."is_active" AND m."session_version" = s."session_version"`;
  return found?.count ?? 0;
}
