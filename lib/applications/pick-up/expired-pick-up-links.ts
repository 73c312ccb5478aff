import "server-only";

import type { ExpiredRows } from "@/lib/db/retention/expired-rows";
import { DAY_MS } from "@/lib/time";

/** Links, used or not. The audit log keeps who made them and when they were used; the rows hold addresses. */
export const EXPIRED_PICK_UP_LINKS: ExpiredRows = { table: "pick_up_links", column: "expires_at", keptMs: 30 * DAY_MS };
