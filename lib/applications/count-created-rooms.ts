import "server-only";

import { database } from "@/lib/db/client";

/** Counts the rooms that an application has created and that exist still. */
export function countCreatedRooms(applicationId: string): Promise<number> {
  return database().room.count({ where: { createdByApplicationId: applicationId, deletedAt: null } });
}
