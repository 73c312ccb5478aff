import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { database, type Transaction } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import { isAddressAllowed } from "@/lib/rooms/allowed-address";
import { mayInRoom } from "@/lib/rooms/room-role";
import { roomUrl } from "./join-link";
import type { RoomRole } from "./room-field.schema";
import type { RoomDetailsRepresentation, RoomRepresentation } from "./room-representation.schema";
import type { RoomRow } from "./room-row";

/** For whom a room is represented, and how much of it. */
export type RoomView = {
  actor: ApplicationActor;
  /** Addresses of other domains are not shown. */
  domains: DomainLimit;
  /** Without it a room has upstream's members and no others. */
  include?: "details" | undefined;
};

type Reader = Pick<Transaction, "roomAccess" | "roomAttendee">;

/**
 * Represents rooms as the external API answers them. Inside a transaction, pass it as `reader`: what it has not
 * committed can be read nowhere else.
 */
export async function representRooms(
  rooms: readonly RoomRow[],
  view: RoomView,
  reader: Reader = database(),
): Promise<(RoomRepresentation | RoomDetailsRepresentation)[]> {
  if (view.include === undefined) return rooms.map(representBasics);
  const ids = rooms.map(({ id }) => id);
  const [roles, attendees] = [
    await readRoles(ids, view.actor.personId, reader),
    await reader.roomAttendee.findMany({
      where: { roomId: { in: ids } },
      orderBy: [{ roomId: "asc" }, { email: "asc" }],
    }),
  ];
  return rooms.map((room) => {
    const role = roles.get(room.id) ?? "member";
    const addresses = attendees.filter(({ roomId }) => roomId === room.id).map(({ email }) => email);
    return {
      ...representBasics(room),
      external_id: room.createdByApplicationId === view.actor.id ? room.externalId : null,
      expires_at: room.expiresAt?.toISOString() ?? null,
      created_at: room.createdAt.toISOString(),
      updated_at: room.updatedAt.toISOString(),
      role,
      ...(mayInRoom(role, "update")
        ? { attendees: addresses.filter((address) => isAddressAllowed(address, view.domains)) }
        : {}),
    };
  });
}

function representBasics(room: RoomRow): RoomRepresentation {
  const { telephony } = config();
  return {
    id: room.id,
    name: room.name,
    slug: room.slug,
    access_level: room.accessLevel,
    // Only what the schema of configurations lets through is ever stored.
    configuration: room.configuration as RoomRepresentation["configuration"],
    url: roomUrl(room.slug),
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

async function readRoles(ids: string[], personId: string, reader: Reader): Promise<Map<string, RoomRole>> {
  const accesses = await reader.roomAccess.findMany({
    where: { roomId: { in: ids }, personId },
    select: { roomId: true, role: true },
  });
  return new Map(accesses.map(({ roomId, role }) => [roomId, role]));
}
