import "server-only";

import { findStaffSession } from "@/lib/auth/find-staff-session";
import { requireSameOrigin } from "@/lib/auth/same-origin";
import { sessionContext } from "@/lib/auth/verb-contexts";
import { endStaffSession } from "@/lib/staff/sessions/end-staff-session";
import { signOut as clearCookie } from "./next-auth";

/**
 * Ends the session and clears its cookie; for a server action, which then redirects. The row goes first: next-auth
 * swallows errors while signing out, and a cookie that is gone while its session lives on can be replayed.
 * Throws AppError `forbidden` for a request from another site. Without a session there is nothing to end.
 */
export async function signOut(): Promise<void> {
  await requireSameOrigin();
  const session = await findStaffSession();
  if (session !== undefined) await endStaffSession(sessionContext(session), session.sessionId);
  await clearCookie({ redirect: false });
}
