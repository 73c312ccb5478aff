import "server-only";

import type { RoomPage } from "@/lib/rooms/listing/list-rooms";
import { type RoomView, representRooms } from "@/lib/rooms/representation/room-representation";
import { type ExternalAnswer, jsonAnswer } from "./external-answer";

/**
 * The answer that is a page of rooms. Its links lead to `collection`, a path, and are built from the configuration: a
 * `Host` header must not decide where a client goes next.
 */
export async function roomListAnswer(
  page: RoomPage,
  view: RoomView,
  collection = "/api/external/rooms",
): Promise<ExternalAnswer> {
  const link = (query: URLSearchParams | null) => {
    if (query === null) return null;
    return `${view.config.publicUrl}${collection}${query.size === 0 ? "" : `?${query}`}`;
  };
  const results = await representRooms(page.rows, view);
  const next = link(page.next);
  if (page.kind === "numbered") {
    return jsonAnswer({ count: page.count, next, previous: link(page.previous), results });
  }
  // RFC 8288 §3
  return jsonAnswer({ next, results }, { fields: next === null ? {} : { Link: `<${next}>; rel="next"` } });
}
