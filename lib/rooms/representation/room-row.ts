import "server-only";

import type { AccessLevel, RoomRole } from "./room-field.schema";

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
} as const;

export type RoomRow = {
  id: string;
  name: string;
  slug: string;
  accessLevel: AccessLevel;
  configuration: unknown;
  pinCode: string | null;
  externalId: string | null;
  externalOwnerId: string | null;
  expiresAt: Date | null;
  createdByApplicationId: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
};

/** A room together with what the person acted for is in it. */
export type RoomWithRole = RoomRow & { role: RoomRole };
