import "server-only";

import { type RoomView, representRooms } from "@/lib/rooms/representation/room-representation";
import type { RoomRow } from "@/lib/rooms/representation/room-row";
import { roomTag } from "@/lib/rooms/representation/room-version";
import { type ExternalAnswer, jsonAnswer } from "./external-answer";

/** The answer that is one room, with its entity tag. `location` is where it can be read from now on. */
export async function roomAnswer(
  room: RoomRow,
  view: RoomView,
  { status, location }: { status?: number; location?: string } = {},
): Promise<ExternalAnswer> {
  const [body] = await representRooms([room], view);
  const tag = roomTag(room.version, JSON.stringify(body));
  const fields = { ETag: tag, ...(location === undefined ? {} : { Location: location }) };
  return jsonAnswer(body, { ...(status === undefined ? {} : { status }), fields });
}
