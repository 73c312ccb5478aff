import "server-only";

import { database, type Transaction } from "@/lib/db/client";
import { generateToken, hashToken } from "@/lib/secrets/one-time-token";
import type { VerifiedMember } from "@/lib/staff/sessions/staff-session.types";
import { MINUTE_MS } from "@/lib/time";

/** For so long somebody whose password was right may take to show the second factor. */
export const PENDING_SIGN_IN_MINUTES = 10;

/** What the browser of somebody gets who has yet to show the second factor. It opens nothing else. */
export type PendingSignIn = { token: string };

/** Whose sign-in it is, and from where: `deviceId` is set where the browser is known as theirs. */
export type FoundPendingSignIn = {
  tokenHash: string;
  member: VerifiedMember & { email: string };
  deviceId: string | null;
};

/** Notes that the password was right. Part of the caller's transaction, which has locked the member. */
export async function createPendingSignIn(
  tx: Pick<Transaction, "pendingSignIn">,
  { id, sessionVersion }: VerifiedMember,
  { now, deviceId = null }: { now: Date; deviceId?: string | null | undefined },
): Promise<PendingSignIn> {
  const token = generateToken();
  await tx.pendingSignIn.create({
    data: {
      tokenHash: hashToken(token),
      staffMemberId: id,
      sessionVersion,
      deviceId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + PENDING_SIGN_IN_MINUTES * MINUTE_MS),
    },
    select: { tokenHash: true },
  });
  return { token };
}

/**
 * Returns the pending sign-in of a token; `undefined` for one that was finished or is over, and where the member was
 * deactivated, signed out everywhere or given another password since, or has no second factor any more.
 */
export async function findPendingSignIn(
  token: string | undefined,
  now: Date,
  reader: Pick<Transaction, "pendingSignIn"> = database(),
): Promise<FoundPendingSignIn | undefined> {
  if (token === undefined || token === "") return undefined;
  const tokenHash = hashToken(token);
  const found = await reader.pendingSignIn.findUnique({
    where: { tokenHash, expiresAt: { gt: now } },
    select: {
      sessionVersion: true,
      deviceId: true,
      staffMember: {
        select: { id: true, email: true, role: true, isActive: true, sessionVersion: true, hasSecondFactor: true },
      },
    },
  });
  if (found === null) return undefined;
  const { id, email, role, isActive, sessionVersion, hasSecondFactor } = found.staffMember;
  if (!isActive || !hasSecondFactor || sessionVersion !== found.sessionVersion) return undefined;
  return { tokenHash, member: { id, email, role, sessionVersion }, deviceId: found.deviceId };
}
