import { database } from "@/lib/db/client";
import { generateRoomSlug } from "@/lib/rooms/room-slug";

/** Stores a room in which `personId` has a role. */
export function createTestRoom(
  personId: string,
  overrides: {
    name?: string;
    slug?: string;
    deletedAt?: Date;
    expiresAt?: Date;
    role?: "owner" | "administrator" | "member";
    accessLevel?: "public" | "trusted" | "restricted";
    configuration?: Record<string, string[] | boolean>;
    createdByApplicationId?: string;
    createdAt?: Date;
    updatedAt?: Date;
    externalId?: string;
  } = {},
): Promise<{ id: string; slug: string; name: string }> {
  const { role = "owner", slug = generateRoomSlug(), ...columns } = overrides;
  return database().room.create({
    data: { slug, name: slug, accessLevel: "trusted", ...columns, accesses: { create: { personId, role } } },
    select: { id: true, slug: true, name: true },
  });
}
