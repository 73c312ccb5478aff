import "server-only";

import type { AuditEventInput } from "@/lib/audit/audit-event";
import { auditEventsInsert, auditEventsValue } from "@/lib/audit/record-audit-event";
import type { RunStatement, Statement } from "@/lib/db/statement";
import { makeUuid } from "@/lib/make-uuid";
import type { FirstAccess } from "./access/resolve-room-person";
import type { RoomRow } from "./representation/room-row";
import type { RoomContext } from "./room-context";

/** What a room begins with. */
export type NewRoom = Omit<RoomRow, MadeHere>;

type MadeHere = "id" | "createdAt" | "updatedAt" | "version";

type RoomEvent = Omit<AuditEventInput<"room.created" | "room.access_added">, "targetId">;

/**
 * ON CONFLICT DO NOTHING: what is taken makes no row, where an error would end the transaction. It waits for a rival
 * that is storing the same name, so that its room can be found afterwards.
 */
const INSERT_ROOM: Statement = {
  name: "room_insert",
  text: `
    WITH "made" AS (
      INSERT INTO "rooms"
        ("id", "slug", "name", "access_level", "configuration", "pin_code", "external_id", "external_owner_id",
         "expires_at", "created_by_application_id", "created_at", "updated_at")
      VALUES
        ($1::uuid, $2::text, $3::text, $4::"room_access_level", $5::jsonb, $6::text, $7::text, $8::uuid,
         $9::timestamptz, $10::uuid, $11::timestamptz, $11::timestamptz)
      ON CONFLICT DO NOTHING
      RETURNING "id", "configuration", "created_at", "updated_at", "version"
    ), "accesses" AS (
      INSERT INTO "room_accesses" ("id", "room_id", "person_id", "role", "created_at")
      SELECT a."id", "made"."id", a."personId", a."role", "made"."created_at"
      FROM "made", jsonb_to_recordset($12::jsonb) AS a("id" uuid, "personId" uuid, "role" "room_role")
    ), "guests" AS (
      INSERT INTO "room_attendees" ("room_id", "email")
      SELECT "made"."id", g."email" FROM "made", jsonb_array_elements_text($13::jsonb) AS g("email")
    ), "events" AS (${auditEventsInsert({ made: `"made"`, parameter: "$14" })}
    )
    SELECT "id", "configuration", "created_at" AS "createdAt", "updated_at" AS "updatedAt", "version" FROM "made"`,
};

/**
 * Stores a room with everything that belongs to it in one statement, and returns it; undefined, with nothing stored, when
 * its slug, its PIN or its external name is taken. Throws what the driver throws.
 */
export async function storeRoom(
  runStatement: RunStatement,
  { actor, now }: RoomContext,
  {
    room,
    accesses,
    guests,
    events,
  }: {
    room: NewRoom;
    accesses: readonly FirstAccess[];
    guests: readonly string[];
    events: readonly RoomEvent[];
  },
): Promise<RoomRow | undefined> {
  const at = now();
  // The configuration comes back in the order in which PostgreSQL keeps its members, which the entity tag is made of.
  const [stored] = await runStatement<Pick<RoomRow, MadeHere | "configuration">>(INSERT_ROOM, [
    makeUuid(at),
    room.slug,
    room.name,
    room.accessLevel,
    JSON.stringify(room.configuration),
    room.pinCode,
    room.externalId,
    room.externalOwnerId,
    room.expiresAt,
    room.createdByApplicationId,
    at,
    JSON.stringify(accesses.map((access) => ({ id: makeUuid(at), ...access }))),
    JSON.stringify(guests),
    auditEventsValue(actor, at, events),
  ]);
  return stored === undefined ? undefined : { ...room, ...stored };
}
