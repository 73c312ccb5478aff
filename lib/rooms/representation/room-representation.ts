import "server-only";

import type { Transaction } from "@/lib/db/client";
import type { RoomContext } from "@/lib/rooms/room-context";
import { mayInRoom } from "@/lib/rooms/room-role";
import { roomUrl } from "./join-link";
import type { RoomRole } from "./room-field.schema";
import type { RoomDetailsRepresentation, RoomRepresentation } from "./room-representation.schema";
import type { RoomRow } from "./room-row";

/** For whom a room is represented, and how much of it. */
export type RoomView = Pick<RoomContext, "actor" | "config"> & {
  /** Inside a transaction it is that one: what it has not committed can be read nowhere else. */
  reader: Pick<Transaction, "roomAccess" | "$queryRaw">;
  /** Without it a room has upstream's members and no others. */
  include?: "details" | undefined;
};

/** Represents rooms as the external API answers them. */
export async function representRooms(
  rooms: readonly RoomRow[],
  view: RoomView,
): Promise<(RoomRepresentation | RoomDetailsRepresentation)[]> {
  if (view.include === undefined) return rooms.map((room) => representBasics(room, view));
  const ids = rooms.map(({ id }) => id);
  const roles = await readRoles(ids, view);
  const roleIn = (roomId: string) => roles.get(roomId) ?? "member";
  const attendees = await readAttendees(
    ids.filter((id) => mayInRoom(roleIn(id), "update")),
    view,
  );
  return rooms.map((room) => {
    const role = roleIn(room.id);
    return {
      ...representBasics(room, view),
      external_id: room.createdByApplicationId === view.actor.id ? room.externalId : null,
      expires_at: room.expiresAt?.toISOString() ?? null,
      created_at: room.createdAt.toISOString(),
      updated_at: room.updatedAt.toISOString(),
      role,
      ...(mayInRoom(role, "update") ? { attendees: attendees.get(room.id) ?? [] } : {}),
    };
  });
}

function representBasics(room: RoomRow, { config }: RoomView): RoomRepresentation {
  const { telephony } = config;
  return {
    id: room.id,
    name: room.name,
    slug: room.slug,
    access_level: room.accessLevel,
    // Only what the schema of configurations lets through is ever stored.
    configuration: room.configuration as RoomRepresentation["configuration"],
    url: roomUrl(room.slug, config),
    ...(telephony.enabled
      ? {
          telephony: {
            enabled: true,
            phone_number: telephony.phoneNumber ?? null,
            pin_code: room.pinCode,
            default_country: telephony.defaultCountry ?? null,
          },
        }
      : {}),
  };
}

async function readRoles(ids: string[], { actor, reader }: RoomView): Promise<Map<string, RoomRole>> {
  const accesses = await reader.roomAccess.findMany({
    where: { roomId: { in: ids }, personId: actor.personId },
    select: { roomId: true, role: true },
  });
  return new Map(accesses.map(({ roomId, role }) => [roomId, role]));
}

/**
 * Reads the guests of rooms in one statement, a row a room. A row a guest would be 50 000 objects for a page of full
 * rooms; the body limit of the calls that store guests keeps those of one room below 64 kB.
 */
async function readAttendees(ids: string[], { reader }: RoomView): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.$queryRaw<{ roomId: string; emails: string[] }[]>`
    SELECT r."id" AS "roomId", g."emails"
    FROM unnest(${ids}::uuid[]) AS r("id")
    CROSS JOIN LATERAL (
      SELECT json_agg(t."email" ORDER BY t."email") AS "emails"
      FROM "room_attendees" t
      WHERE t."room_id" = r."id"
    ) g
    WHERE g."emails" IS NOT NULL`;
  return new Map(rows.map(({ roomId, emails }) => [roomId, emails]));
}
