import "server-only";

import type { ExpiredRows } from "@/lib/db/retention/expired-rows";
import { DAY_MS } from "@/lib/time";

/** After their end. The audit log keeps who signed in and who was invited; the rows hold addresses of their devices. */
const SIGN_IN_ROWS_KEPT_MS = 30 * DAY_MS;

/** Sessions, however they ended. */
export const EXPIRED_STAFF_SESSIONS: ExpiredRows = {
  table: "staff_sessions",
  column: "expires_at",
  keptMs: SIGN_IN_ROWS_KEPT_MS,
};

/** One-time links, used or not. */
export const EXPIRED_STAFF_LINKS: ExpiredRows = {
  table: "staff_links",
  column: "expires_at",
  keptMs: SIGN_IN_ROWS_KEPT_MS,
};

/** Notes about answers of the provider whose state has stopped working. */
export const EXPIRED_ORGANISATION_SIGN_INS: ExpiredRows = {
  table: "organisation_sign_ins",
  column: "expires_at",
  keptMs: 0,
};

/** Sign-ins that were never finished with a second factor in time. */
export const EXPIRED_PENDING_SIGN_INS: ExpiredRows = { table: "pending_sign_ins", column: "expires_at", keptMs: 0 };

/** Questions to passkeys that were not answered in time. */
export const EXPIRED_PASSKEY_CHALLENGES: ExpiredRows = { table: "passkey_challenges", column: "expires_at", keptMs: 0 };
