import "server-only";

import type { Transaction } from "@/lib/db/client";
import { sessionExpiry } from "./staff-session";
import type { SignInProof } from "./staff-session.types";

/**
 * Starts a session of a member who has proved who they are, and returns its id: just now with a password, or as
 * `authenticatedAt` says. Part of the caller's transaction.
 */
export async function createStaffSession(
  tx: Pick<Transaction, "staffSession">,
  member: { id: string; sessionVersion: number },
  context: SignInProof & { ip: string },
): Promise<string> {
  const session = await tx.staffSession.create({
    data: {
      staffMemberId: member.id,
      sessionVersion: member.sessionVersion,
      createdAt: context.now,
      authenticatedAt: context.authenticatedAt ?? context.now,
      signInMethod: context.method ?? "password",
      lastSeenAt: context.now,
      expiresAt: sessionExpiry(context.now),
      ip: context.ip,
    },
    select: { id: true },
  });
  return session.id;
}
