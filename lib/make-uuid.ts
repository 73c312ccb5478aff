import "server-only";

import { randomBytes } from "node:crypto";

let last = { ms: 0, count: 0 };

/**
 * Makes an id for a new row: a UUID of version 7 (RFC 9562 §5.7), so that rows made one after the other lie together in
 * an index. Those that one process makes in the same millisecond count up in the twelve bits after the version (§6.2,
 * method 1); beyond 2,048 of them chance alone orders them.
 */
export function makeUuid(now: Date): string {
  const ms = now.getTime();
  const bytes = randomBytes(16);
  // Begins in the lower half: there is room to count in.
  const count = ms === last.ms ? last.count + 1 : bytes.readUInt16BE(6) & 0x7ff;
  last = { ms, count };
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | (count & 0xfff), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
