import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { escapeLike, hasTrigram } from "@/lib/list/contains-text";
import type { ListRoomsForStaffParams } from "./staff-room.schema";
import type { RoomState } from "./staff-room.types";

const STATE_CONDITIONS: Record<RoomState, (now: Date) => Prisma.Sql> = {
  open: (now) => Prisma.sql`r.deleted_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > ${now}::timestamptz)`,
  expired: (now) => Prisma.sql`r.deleted_at IS NULL AND r.expires_at <= ${now}::timestamptz`,
  deleted: () => Prisma.sql`r.deleted_at IS NOT NULL`,
};

/** Says in SQL which rooms, called `r`, pass the search and the filters at the moment `now`. */
function roomConditions({ q, access, state, application }: ListRoomsForStaffParams, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (q !== "") conditions.push(matching(q));
  if (access !== "") conditions.push(Prisma.sql`r.access_level = ${access}::room_access_level`);
  if (application !== "") conditions.push(Prisma.sql`r.created_by_application_id = ${application}::uuid`);
  if (state !== "") conditions.push(STATE_CONDITIONS[state](now));
  return Prisma.join(conditions, " AND ");
}

/**
 * Part of a link, a name, an external id, the address of an owner or the name of the application that made the room, in
 * upper or lower case.
 */
function matching(q: string): Prisma.Sql {
  const pattern = `%${escapeLike(q)}%`;
  const inColumns = Prisma.sql`(slug ILIKE ${pattern} OR name ILIKE ${pattern} OR external_id ILIKE ${pattern})`;
  const ofApplications = Prisma.sql`SELECT a.id FROM applications a WHERE a.name ILIKE ${pattern} AND a.deleted_at IS NULL`;
  if (!hasTrigram(q)) {
    return Prisma.sql`(${inColumns} OR r.created_by_application_id IN (${ofApplications}) OR EXISTS (
      SELECT 1 FROM room_accesses c JOIN people p ON p.id = c.person_id
      WHERE c.room_id = r.id AND c.role = 'owner' AND p.email ILIKE ${pattern}))`;
  }
  // An OR over three tables would read all of them; a union of what each index finds does not.
  return Prisma.sql`r.id IN (
    SELECT id FROM rooms WHERE ${inColumns}
    UNION SELECT m.id FROM rooms m WHERE m.created_by_application_id IN (${ofApplications})
    UNION SELECT c.room_id FROM people p JOIN room_accesses c ON c.person_id = p.id
      WHERE c.role = 'owner' AND p.email ILIKE ${pattern})`;
}

/** Counts what passes, up to `max`. */
export function countQuery(params: ListRoomsForStaffParams, max: number, now: Date): Prisma.Sql {
  return Prisma.sql`SELECT count(*)::int AS count FROM (
    SELECT 1 FROM rooms r WHERE ${roomConditions(params, now)} LIMIT ${max}) AS counted`;
}

/** Finds the ids of one page of what passes. The id settles what is equal, so that no row is on two pages or on none. */
export function idsQuery(
  params: ListRoomsForStaffParams,
  { skip, take }: { skip: number; take: number },
  now: Date,
): Prisma.Sql {
  const key = params.sort === "name" ? Prisma.sql`r.name` : Prisma.sql`r.created_at`;
  const direction = params.dir === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.sql`
    SELECT r.id FROM rooms r WHERE ${roomConditions(params, now)}
    ORDER BY ${key} ${direction}, r.id ${direction}
    LIMIT ${take} OFFSET ${skip}`;
}
