import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { config } from "@/lib/env/config";
import { findPublicRoom } from "@/lib/rooms/find-public-room";
import { roomUrl } from "@/lib/rooms/representation/join-link";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/**
 * Where `/xxx-xxxx-xxx` ends (`next.config.ts`): clients written for La Suite Meet put a slug right behind the address
 * of the server. Leads to the room, whose address comes from the configuration alone; what is not found here is not
 * found on the page of the room either.
 */
export default async function OpenRoom({ params }: { params: Promise<{ slug: string }> }): Promise<never> {
  const settings = config();
  const room = await findPublicRoom((await params).slug, settings, new Date());
  if (room === null) notFound();
  // An address of its own host, which the types of our routes cannot know.
  redirect(roomUrl(room.slug, settings) as Route);
}
