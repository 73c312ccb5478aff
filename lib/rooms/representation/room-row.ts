import "server-only";

import type { Prisma } from "@/lib/db/generated/client";
import type { RoomRole } from "./room-field.schema";

/** The columns of a room that verbs read. */
export const ROOM_COLUMNS = {
  id: true,
  name: true,
  slug: true,
  accessLevel: true,
  configuration: true,
  pinCode: true,
  externalId: true,
  externalOwnerId: true,
  expiresAt: true,
  createdByApplicationId: true,
  createdAt: true,
  updatedAt: true,
  version: true,
} as const satisfies Prisma.RoomSelect;

export type RoomRow = Prisma.RoomGetPayload<{ select: typeof ROOM_COLUMNS }>;

/** A room together with what the person acted for is in it. */
export type RoomWithRole = RoomRow & { role: RoomRole };
