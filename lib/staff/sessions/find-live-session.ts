import "server-only";

import { database } from "@/lib/db/client";
import { isUuid } from "@/lib/uuid";
import { isSessionLive, SESSION_TOUCH_SECONDS } from "./staff-session";
import type { StaffSessionView } from "./staff-session.types";

/**
 * Reads the session as it stands now, or `undefined` when it no longer counts: ended, expired, idle, or its owner was
 * deactivated or signed out everywhere. Never remembered between requests, so that each of those works at once. A live
 * session is noted as seen, at most once a minute, unless `isUnattended`: what a page asks by itself is no sign of
 * life.
 */
export async function findLiveSession(
  sessionId: string,
  now: Date,
  { isUnattended = false }: { isUnattended?: boolean } = {},
): Promise<StaffSessionView | undefined> {
  if (!isUuid(sessionId)) return undefined;
  const session = await database().staffSession.findUnique({
    where: { id: sessionId },
    select: {
      id: true,
      sessionVersion: true,
      authenticatedAt: true,
      signInMethod: true,
      lastSeenAt: true,
      expiresAt: true,
      endedAt: true,
      staffMember: {
        select: {
          id: true,
          name: true,
          email: true,
          role: true,
          isActive: true,
          sessionVersion: true,
          mustChangePassword: true,
          hasSecondFactor: true,
        },
      },
    },
  });
  if (session === null || !isSessionLive(session, now)) return undefined;
  if (!isUnattended) await touch(session.id, session.lastSeenAt, now);
  const { id, name, email, role, ...state } = session.staffMember;
  const { authenticatedAt, signInMethod } = session;
  const { mustChangePassword, hasSecondFactor } = state;
  const staff = { id, name, email, role };
  return { sessionId: session.id, authenticatedAt, signInMethod, mustChangePassword, hasSecondFactor, staff };
}

async function touch(sessionId: string, lastSeenAt: Date, now: Date): Promise<void> {
  const due = new Date(now.getTime() - SESSION_TOUCH_SECONDS * 1_000);
  if (lastSeenAt > due) return;
  // The condition is repeated for requests that run at once: one of them writes, and none revives an ended session.
  await database().staffSession.updateMany({
    where: { id: sessionId, endedAt: null, lastSeenAt: { lte: due } },
    data: { lastSeenAt: now },
  });
}
