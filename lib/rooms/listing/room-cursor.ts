import "server-only";

import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors/app-error";
import { isMoment } from "@/lib/time";

/** The last room of a page, in the order of the list. */
export type RoomPosition = { createdAt: Date; id: string };

// 6 bytes of time, 16 of id, 8 of checksum: 40 characters of base64url without a spare bit.
const TIME_BYTES = 6;
const ID_BYTES = 16;
const CHECKSUM_BYTES = 8;

/**
 * Writes a position down for the caller to come back with. `list` is what makes the list this one: whose it is, and the
 * filters. A cursor gives no right, so it is not signed: the checksum only tells that it is whole and of this list.
 */
export function encodeRoomCursor(position: RoomPosition, list: string): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(position.createdAt.getTime(), 0, TIME_BYTES);
  const content = Buffer.concat([time, Buffer.from(position.id.replaceAll("-", ""), "hex")]);
  return Buffer.concat([content, checksum(content, list)]).toString("base64url");
}

/** Reads a cursor. Throws AppError `invalid` on `cursor` for one that was changed or belongs to another list. */
export function decodeRoomCursor(cursor: string, list: string): RoomPosition {
  const bytes = Buffer.from(cursor, "base64url");
  const content = bytes.subarray(0, TIME_BYTES + ID_BYTES);
  const isWhole = bytes.length === TIME_BYTES + ID_BYTES + CHECKSUM_BYTES;
  const createdAt = new Date(isWhole ? content.readUIntBE(0, TIME_BYTES) : Number.NaN);
  // Whoever knows the list can make a checksum for any time, also for one that the database cannot be asked for.
  if (!isMoment(createdAt) || !bytes.subarray(content.length).equals(checksum(content, list))) {
    throw new AppError("invalid", "invalid", { fieldErrors: { cursor: "cursor_invalid" } });
  }
  const id = content.subarray(TIME_BYTES).toString("hex");
  return {
    createdAt,
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
  };
}

function checksum(content: Buffer, list: string): Buffer {
  return createHash("sha256").update(content).update(list).digest().subarray(0, CHECKSUM_BYTES);
}
