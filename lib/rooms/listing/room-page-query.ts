import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import type { RoomPosition } from "./room-cursor";

/** ROOM_COLUMNS in SQL. */
const COLUMNS = Prisma.sql`
  r.id, r.name, r.slug, r.access_level AS "accessLevel", r.configuration, r.pin_code AS "pinCode",
  r.external_id AS "externalId", r.external_owner_id AS "externalOwnerId", r.expires_at AS "expiresAt",
  r.created_by_application_id AS "createdByApplicationId", r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  r.version`;

/**
 * The rooms in which a person has a role and that pass. It begins with their roles and looks each room up: left to itself
 * the planner goes through everybody's rooms in the order of the list to find those of somebody who has many.
 */
function roomsOf(personId: string, filter: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT found.id, found.name, found.created_at FROM room_accesses c, LATERAL (
      SELECT r.id, r.name, r.created_at FROM rooms r WHERE r.id = c.room_id AND ${filter} OFFSET 0
    ) AS found
    WHERE c.person_id = ${personId}::uuid`;
}

/** Reads a page by name, and with each of its rows how many there are in all. */
export function numberedPageQuery(
  personId: string,
  filter: Prisma.Sql,
  { skip, take }: { skip: number; take: number },
): Prisma.Sql {
  return Prisma.sql`
    WITH mine AS MATERIALIZED (${roomsOf(personId, filter)})
    SELECT ${COLUMNS}, (SELECT count(*)::int FROM mine) AS "count"
    FROM (SELECT id FROM mine ORDER BY name, id LIMIT ${take} OFFSET ${skip}) AS page JOIN rooms r ON r.id = page.id
    ORDER BY r.name, r.id`;
}

/** Reads `take` rooms, newest first, from those that are older than `after`. */
export function cursorPageQuery(
  personId: string,
  filter: Prisma.Sql,
  { after, take }: { after: RoomPosition | undefined; take: number },
): Prisma.Sql {
  const older =
    after === undefined
      ? filter
      : Prisma.sql`${filter} AND (r.created_at, r.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`;
  return Prisma.sql`
    WITH mine AS MATERIALIZED (${roomsOf(personId, older)})
    SELECT ${COLUMNS}
    FROM (SELECT id FROM mine ORDER BY created_at DESC, id DESC LIMIT ${take}) AS page JOIN rooms r ON r.id = page.id
    ORDER BY r.created_at DESC, r.id DESC`;
}
