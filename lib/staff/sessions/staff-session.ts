import "server-only";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";

export const SESSION_IDLE_MINUTES = 30;
export const SESSION_LIFETIME_HOURS = 8;
/** `lastSeenAt` is this coarse: a session may end up to so much earlier than 30 idle minutes, never later. */
export const SESSION_TOUCH_SECONDS = 60;

/** For so long after proving who they are, destructive actions need no new proof. */
export const FRESH_SIGN_IN_MINUTES = 15;

export type StaffSessionState = {
  sessionVersion: number;
  lastSeenAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  staffMember: { isActive: boolean; sessionVersion: number };
};

/** Returns the moment from which a session that starts `now` is refused, however busy it is. */
export function sessionExpiry(now: Date): Date {
  return new Date(now.getTime() + SESSION_LIFETIME_HOURS * HOUR_MS);
}

/** Returns the earliest `lastSeenAt` that is not idle yet. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - SESSION_IDLE_MINUTES * MINUTE_MS);
}

/** Tells whether the session still counts: not ended, not expired, not idle, and its owner neither inactive nor signed out everywhere. */
export function isSessionLive(session: StaffSessionState, now: Date): boolean {
  return (
    session.endedAt === null &&
    session.expiresAt > now &&
    session.lastSeenAt > idleSince(now) &&
    session.staffMember.isActive &&
    session.staffMember.sessionVersion === session.sessionVersion
  );
}

/** Tells whether the owner of the session proved who they are a short while ago. A moment that is yet to come is no proof. */
export function isSignInFresh({ authenticatedAt }: { authenticatedAt: Date }, now: Date): boolean {
  const age = now.getTime() - authenticatedAt.getTime();
  return age >= 0 && age < FRESH_SIGN_IN_MINUTES * MINUTE_MS;
}
