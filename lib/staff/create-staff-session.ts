import "server-only";

import type { Transaction } from "@/lib/db/client";
import { sessionExpiry } from "./staff-session";

/** Starts a session of a member whose identity was just proved, and returns its id. Part of the caller's transaction. */
export async function createStaffSession(
  tx: Pick<Transaction, "staffSession">,
  member: { id: string; sessionVersion: number },
  context: { ip: string; now: Date },
): Promise<string> {
  const session = await tx.staffSession.create({
    data: {
      staffMemberId: member.id,
      sessionVersion: member.sessionVersion,
      createdAt: context.now,
      authenticatedAt: context.now,
      lastSeenAt: context.now,
      expiresAt: sessionExpiry(context.now),
      ip: context.ip,
    },
    select: { id: true },
  });
  return session.id;
}
