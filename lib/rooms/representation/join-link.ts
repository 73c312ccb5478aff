import "server-only";

import { config } from "@/lib/env/config";
import { isRoomSlug } from "@/lib/rooms/room-slug";

/** Where a meeting opens: in the meeting front end, or on our landing page when there is none. */
export function roomUrl(slug: string): string {
  const { roomBaseUrl, publicUrl } = config();
  return roomBaseUrl === undefined ? `${publicUrl}/r/${slug}` : `${roomBaseUrl}/${slug}`;
}

/**
 * The slug in a join link of this server, of the front end or of the landing page; undefined for any other address.
 * Query and fragment are for the front end and do not matter here.
 */
export function slugOfJoinLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  const address = `${url.origin}${url.pathname}`.replace(/\/$/, "");
  const cut = address.lastIndexOf("/");
  const { roomBaseUrl, publicUrl } = config();
  const isOurs = url.username === "" && [roomBaseUrl, `${publicUrl}/r`].includes(address.slice(0, cut));
  const slug = address.slice(cut + 1);
  return isOurs && isRoomSlug(slug) ? slug : undefined;
}
