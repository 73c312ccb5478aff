import "server-only";

import type { Config } from "@/lib/env/config";
import { isRoomSlug } from "@/lib/rooms/room-slug";

/** The addresses under which rooms are found: of this server, and of the meeting front end if there is one. */
export type RoomAddresses = Pick<Config, "roomBaseUrl" | "publicUrl">;

/** Where a meeting opens: in the meeting front end, or on our landing page when there is none. */
export function roomUrl(slug: string, { roomBaseUrl, publicUrl }: RoomAddresses): string {
  return roomBaseUrl === undefined ? `${publicUrl}/r/${slug}` : `${roomBaseUrl}/${slug}`;
}

/**
 * The slug in a join link of the front end, of the landing page, or of this server without more, which leads to either;
 * undefined for any other address.
 * Query and fragment are for the front end and do not matter here.
 */
export function slugOfJoinLink(link: string, { roomBaseUrl, publicUrl }: RoomAddresses): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  const address = `${url.origin}${url.pathname}`.replace(/\/$/, "");
  const cut = address.lastIndexOf("/");
  const isOurs = url.username === "" && [roomBaseUrl, `${publicUrl}/r`, publicUrl].includes(address.slice(0, cut));
  const slug = address.slice(cut + 1);
  return isOurs && isRoomSlug(slug) ? slug : undefined;
}
