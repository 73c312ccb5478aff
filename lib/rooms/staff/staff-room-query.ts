import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { isFound, type SearchPart } from "@/lib/db/long-list/find-matches";
import type { SearchPattern } from "@/lib/list/contains-text";
import type { ListRoomsForStaffParams } from "./staff-room.schema";
import type { RoomState } from "./staff-room.types";

const STATE_CONDITIONS: Record<RoomState, (now: Date) => Prisma.Sql> = {
  open: (now) => Prisma.sql`r.deleted_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > ${now}::timestamptz)`,
  expired: (now) => Prisma.sql`r.deleted_at IS NULL AND r.expires_at <= ${now}::timestamptz`,
  deleted: () => Prisma.sql`r.deleted_at IS NOT NULL`,
};

const SEARCHED = [Prisma.sql`r.slug`, Prisma.sql`r.name`, Prisma.sql`r.external_id`];

/** Says in SQL which rooms, called `r`, pass the filters at the moment `now`. */
export function filterConditions({ access, state, application }: ListRoomsForStaffParams, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (access !== "") conditions.push(Prisma.sql`r.access_level = ${access}::room_access_level`);
  if (application !== "") conditions.push(Prisma.sql`r.created_by_application_id = ${application}::uuid`);
  if (state !== "") conditions.push(STATE_CONDITIONS[state](now));
  return Prisma.join(conditions, " AND ");
}

/** The rooms whose own link, name or external id the search finds. */
export function ownSearchPart(pattern: SearchPattern, filters: Prisma.Sql): SearchPart {
  const isOwn = isFound(pattern, SEARCHED);
  return { ids: Prisma.sql`SELECT r.id FROM rooms r WHERE ${isOwn} AND ${filters}`, condition: isOwn };
}

/**
 * The rooms whose link, name or external id the search finds, those of applications whose name it finds, and those of
 * owners whose address it finds: three parts, each by its index. `OFFSET 0` keeps the planner from joining all rooms
 * there are before it hands out the first.
 */
export function searchParts(pattern: SearchPattern, filters: Prisma.Sql): SearchPart[] {
  const isMaker = Prisma.sql`a.deleted_at IS NULL AND ${isFound(pattern, [Prisma.sql`a.name`])}`;
  const isOwner = isFound(pattern, [Prisma.sql`p.email`]);
  return [
    ownSearchPart(pattern, filters),
    {
      ids: Prisma.sql`
        SELECT found.id FROM applications a, LATERAL (
          SELECT r.id FROM rooms r WHERE r.created_by_application_id = a.id AND ${filters} OFFSET 0
        ) AS found
        WHERE ${isMaker}`,
      condition: Prisma.sql`EXISTS (
        SELECT 1 FROM applications a WHERE a.id = r.created_by_application_id AND ${isMaker} OFFSET 0)`,
    },
    {
      ids: Prisma.sql`
        SELECT found.id FROM people p, LATERAL (
          SELECT r.id FROM room_accesses c JOIN rooms r ON r.id = c.room_id
          WHERE c.person_id = p.id AND c.role = 'owner' AND ${filters} OFFSET 0
        ) AS found
        WHERE ${isOwner}`,
      condition: Prisma.sql`EXISTS (
        SELECT 1 FROM room_accesses c JOIN people p ON p.id = c.person_id
        WHERE c.room_id = r.id AND c.role = 'owner' AND ${isOwner} OFFSET 0)`,
    },
  ];
}

/**
 * Reads a page of what passes, each room with the first `ownersShown` owners and how many there are. The id settles what
 * is equal, so that no row is on two pages or on none.
 */
export function pageQuery(
  condition: Prisma.Sql,
  { sort, dir }: Pick<ListRoomsForStaffParams, "sort" | "dir">,
  { skip, take, ownersShown }: { skip: number; take: number; ownersShown: number },
): Prisma.Sql {
  const key = sort === "name" ? Prisma.sql`r.name` : Prisma.sql`r.created_at`;
  const direction = dir === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = Prisma.sql`ORDER BY ${key} ${direction}, r.id ${direction}`;
  return Prisma.sql`
    WITH page AS MATERIALIZED (
      SELECT r.id FROM rooms r WHERE ${condition} ${order} LIMIT ${take} OFFSET ${skip}
    )
    SELECT r.id, r.slug, r.name, r.access_level AS "accessLevel", r.external_id AS "externalId",
      r.created_at AS "createdAt", r.expires_at AS "expiresAt", r.deleted_at AS "deletedAt",
      a.id AS "applicationId", a.name AS "applicationName",
      (
        SELECT COALESCE(jsonb_agg(jsonb_build_object('id', o.id, 'email', o.email)), '[]'::jsonb) FROM (
          SELECT p.id, p.email FROM room_accesses c JOIN people p ON p.id = c.person_id
          WHERE c.room_id = r.id AND c.role = 'owner' ORDER BY c.created_at, c.id LIMIT ${ownersShown}
        ) AS o
      ) AS "owners",
      (SELECT count(*)::int FROM room_accesses c WHERE c.room_id = r.id AND c.role = 'owner') AS "ownerCount"
    FROM page
    JOIN rooms r ON r.id = page.id
    LEFT JOIN applications a ON a.id = r.created_by_application_id AND a.deleted_at IS NULL
    ${order}`;
}
