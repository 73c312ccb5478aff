import "server-only";

import { database } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { domainOf } from "@/lib/oauth/email-address";
import type { AccessLevel } from "./representation/room.schema";
import { isRoomSlug } from "./room-slug";

/** What whoever holds the link may know: never who owns the room, nor how it is set up. */
export type PublicRoom = {
  slug: string;
  /** Null where the access level keeps it to those who are invited, and for a room that was never given one. */
  name: string | null;
  isPrivate: boolean;
  /** The e-mail domain of the owner: whose room it is, without saying who. Null where that is for invited people. */
  organisation: string | null;
  /** Where the meeting is; null while no meeting front end is connected. */
  joinUrl: string | null;
  telephony: { phoneNumber: string; pinCode: string } | null;
};

/** The slug alone is a secret worth 47 bits, but links are forwarded: each level says how far a forwarded one reaches. */
const SHOWN: Readonly<Record<AccessLevel, { name: boolean; organisation: boolean; dialIn: boolean }>> = {
  public: { name: true, organisation: true, dialIn: true },
  // By telephone nobody can sign in, so the PIN of a trusted room is for those who were sent it.
  trusted: { name: true, organisation: true, dialIn: false },
  restricted: { name: false, organisation: false, dialIn: false },
};

/**
 * Finds the room behind a link. Null for one that never was, was deleted or has expired: to a stranger they are the
 * same. What the access level keeps back leaves this function for nobody. `now` decides whether it has expired.
 */
export async function findPublicRoom(
  slug: string,
  { roomBaseUrl, telephony }: Pick<Config, "roomBaseUrl" | "telephony">,
  now: Date,
): Promise<PublicRoom | null> {
  if (!isRoomSlug(slug)) return null;
  const room = await database().room.findUnique({
    where: { slug },
    select: {
      slug: true,
      name: true,
      accessLevel: true,
      pinCode: true,
      deletedAt: true,
      expiresAt: true,
      accesses: {
        where: { role: "owner" },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        take: 1,
        select: { person: { select: { email: true } } },
      },
    },
  });
  if (room === null || room.deletedAt !== null || (room.expiresAt !== null && room.expiresAt <= now)) return null;
  const shown = SHOWN[room.accessLevel];
  const { phoneNumber } = telephony;
  const owner = room.accesses[0]?.person.email;
  const hasDialIn = shown.dialIn && telephony.enabled && phoneNumber !== undefined && room.pinCode !== null;
  return {
    slug: room.slug,
    name: shown.name && room.name !== room.slug && room.name !== "" ? room.name : null,
    isPrivate: !shown.name,
    organisation: shown.organisation && owner !== undefined ? domainOf(owner) : null,
    joinUrl: roomBaseUrl === undefined ? null : `${roomBaseUrl}/${room.slug}`,
    telephony: hasDialIn ? { phoneNumber, pinCode: room.pinCode ?? "" } : null,
  };
}
