import "server-only";

import type { Transaction } from "@/lib/db/client";

/** Raises a room's version, because what hangs on it has changed. The caller has locked the room. */
export async function touchRoom(tx: Transaction, roomId: string): Promise<void> {
  await tx.room.update({ where: { id: roomId }, data: { version: { increment: 1 } }, select: { id: true } });
}
