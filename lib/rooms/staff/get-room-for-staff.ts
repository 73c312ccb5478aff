import "server-only";

import { z } from "zod";
import { database } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { roomUrl } from "@/lib/rooms/representation/join-link";
import { isUuid } from "@/lib/uuid";
import { roomState } from "./list-rooms-for-staff";
import { endOfRetention } from "./restore-room";
import type { RoomDetail } from "./staff-room.types";

/** Returns one room, deleted or not, with everybody in it. Throws AppError `not_found`. */
export async function getRoomForStaff(roomId: string, config: Config, now: Date): Promise<RoomDetail> {
  const row = isUuid(roomId) ? await readRoom(roomId) : null;
  if (row === null) throw new AppError("not_found", "not_found");
  const { accesses, attendees, createdByApplication, configuration, pinCode, ...room } = row;
  return {
    ...room,
    state: roomState(room, now),
    url: roomUrl(room.slug, config),
    hasPin: pinCode !== null,
    ...readConfiguration(configuration),
    application: createdByApplication,
    restorableUntil: room.deletedAt === null ? null : endOfRetention(room.deletedAt, config),
    people: accesses.map(({ role, person: { id, ...person } }) => ({ personId: id, ...person, role })),
    attendees: attendees.map(({ email }) => email),
  };
}

function readRoom(id: string) {
  return database().room.findUnique({
    where: { id },
    select: {
      id: true,
      slug: true,
      name: true,
      accessLevel: true,
      configuration: true,
      pinCode: true,
      externalId: true,
      expiresAt: true,
      createdAt: true,
      updatedAt: true,
      deletedAt: true,
      createdByApplication: { where: { deletedAt: null }, select: { id: true, name: true } },
      accesses: {
        select: { role: true, person: { select: { id: true, email: true, displayName: true } } },
        // In the order of the roles, owners first.
        orderBy: [{ role: "asc" }, { person: { email: "asc" } }],
      },
      attendees: { select: { email: true }, orderBy: { email: "asc" } },
    },
  });
}

const storedConfiguration = z.object({
  can_publish_sources: z.array(z.string()).nullable().catch(null).default(null),
  everyone_can_mute: z.boolean().nullable().catch(null).default(null),
});

function readConfiguration(stored: unknown): Pick<RoomDetail, "canPublishSources" | "everyoneCanMute"> {
  const { can_publish_sources, everyone_can_mute } = storedConfiguration
    .catch(storedConfiguration.parse({}))
    .parse(stored);
  return { canPublishSources: can_publish_sources, everyoneCanMute: everyone_can_mute };
}
