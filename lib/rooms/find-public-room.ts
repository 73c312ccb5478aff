import "server-only";

import { database } from "@/lib/db/client";
import { isRoomSlug } from "./room-slug";

/** What anybody who holds the link may know: neither who owns the room nor how it is set up. */
export type PublicRoom = { slug: string; name: string; state: "open" | "ended" };

/** Finds the room behind a link; null when there never was one. `now` decides whether it has expired. */
export async function findPublicRoom(slug: string, now: Date = new Date()): Promise<PublicRoom | null> {
  if (!isRoomSlug(slug)) return null;
  const room = await database().room.findUnique({
    where: { slug },
    select: { slug: true, name: true, deletedAt: true, expiresAt: true },
  });
  if (room === null) return null;
  const hasEnded = room.deletedAt !== null || (room.expiresAt !== null && room.expiresAt <= now);
  return { slug: room.slug, name: room.name, state: hasEnded ? "ended" : "open" };
}
