import "server-only";

import type { IncomingMessage } from "node:http";
import { openSessionCookieOf } from "@/lib/auth/session-cookie";

/**
 * Tells whether a request carries a session cookie that was sealed with our AUTH_SECRET, without a look into the
 * database. So it is no proof that the session lives: whoever signed in within the lifetime of a session has one. Junk
 * is none, which is what keeps a flood of strangers out of the places that are kept for staff.
 */
export async function carriesSession({ headers }: Pick<IncomingMessage, "headers">): Promise<boolean> {
  const { cookie } = headers;
  if (cookie === undefined) return false;
  return (await openSessionCookieOf({ get: (name) => (name === "cookie" ? cookie : null) })) !== undefined;
}
