import { describe, expect, it } from "vitest";
import { decodeRoomCursor, encodeRoomCursor } from "./room-cursor";
import { listRoomsQuery } from "./room-query.schema";

const POSITION = { createdAt: new Date("2026-11-24T09:30:00.123Z"), id: "0193575a-0000-7abc-8def-00000000dead" };
const cursor = encodeRoomCursor(POSITION, "list");
const isAccepted = (text: string, list = "list") => {
  if (!listRoomsQuery.safeParse({ cursor: text }).success) return false;
  try {
    decodeRoomCursor(text, list);
    return true;
  } catch {
    return false;
  }
};

describe("a cursor", () => {
  it("says where the list goes on", () => {
    expect(cursor).toMatch(/^[\w-]{40}$/);
    expect(decodeRoomCursor(cursor, "list")).toEqual(POSITION);
  });

  it("is refused for a time that no room can have, also with a checksum that fits", () => {
    const last = new Date("9999-12-31T23:59:59.999Z");
    expect(isAccepted(encodeRoomCursor({ ...POSITION, createdAt: last }, "list"))).toBe(true);
    for (const milliseconds of [last.getTime() + 1, 2 ** 48 - 1]) {
      expect(isAccepted(encodeRoomCursor({ ...POSITION, createdAt: new Date(milliseconds) }, "list"))).toBe(false);
    }
  });

  it("is refused after any change of a single bit", () => {
    const bytes = Buffer.from(cursor);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isAccepted(changed.toString("latin1"))).toBe(false);
    }
  });

  it("is refused for another list, and when it is cut, doubled or padded", () => {
    expect(isAccepted(cursor)).toBe(true);
    expect(isAccepted(cursor, "other list")).toBe(false);
    for (const text of [cursor.slice(1), cursor.slice(0, 39), cursor + cursor, `${cursor}=`, ` ${cursor}`, ""]) {
      expect(isAccepted(text)).toBe(false);
    }
  });
});
