import "server-only";

import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";

/** Days after their end. The audit log keeps who signed in and who was invited; the rows hold addresses of their devices. */
export const SIGN_IN_ROWS_KEPT_DAYS = 30;

function endOfUse(now: Date): Date {
  return new Date(now.getTime() - SIGN_IN_ROWS_KEPT_DAYS * DAY_MS);
}

/** Deletes the sessions that expired long ago, however they ended, and returns how many they were. */
export async function purgeStaffSessions(now: Date): Promise<number> {
  const { count } = await database().staffSession.deleteMany({ where: { expiresAt: { lt: endOfUse(now) } } });
  return count;
}

/** Deletes the one-time links that expired long ago, used or not, and returns how many they were. */
export async function purgeStaffLinks(now: Date): Promise<number> {
  const { count } = await database().staffLink.deleteMany({ where: { expiresAt: { lt: endOfUse(now) } } });
  return count;
}

/** Deletes the notes about answers of the provider whose state has stopped working, and returns how many they were. */
export async function purgeOrganisationSignIns(now: Date): Promise<number> {
  const { count } = await database().organisationSignIn.deleteMany({ where: { expiresAt: { lt: now } } });
  return count;
}

/** Deletes the sign-ins that were never finished with a second factor in time, and returns how many they were. */
export async function purgePendingSignIns(now: Date): Promise<number> {
  const { count } = await database().pendingSignIn.deleteMany({ where: { expiresAt: { lt: now } } });
  return count;
}

/** Deletes the questions to passkeys that were not answered in time, and returns how many they were. */
export async function purgePasskeyChallenges(now: Date): Promise<number> {
  const { count } = await database().passkeyChallenge.deleteMany({ where: { expiresAt: { lt: now } } });
  return count;
}
