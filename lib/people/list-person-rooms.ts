import "server-only";

import { database } from "@/lib/db/client";
import type { PersonRoom } from "./person.types";

export const PERSON_ROOMS_SHOWN = 50;

/** The newest rooms in which a person has a role, and that were not deleted. One more than are shown tells that there are more. */
export async function listPersonRooms(personId: string): Promise<PersonRoom[]> {
  const accesses = await database().roomAccess.findMany({
    where: { personId, room: { deletedAt: null } },
    select: {
      role: true,
      room: {
        select: {
          id: true,
          name: true,
          createdAt: true,
          createdByApplication: { where: { deletedAt: null }, select: { id: true, name: true } },
        },
      },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PERSON_ROOMS_SHOWN + 1,
  });
  return accesses.map(({ role, room: { createdByApplication, ...room } }) => ({
    ...room,
    role,
    application: createdByApplication,
  }));
}
