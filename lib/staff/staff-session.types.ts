import type { StaffRole } from "@/lib/auth/permissions";

/** A live session and whose it is, as read from the database for this very request. */
export type StaffSessionView = {
  sessionId: string;
  staff: { id: string; name: string; email: string; role: StaffRole };
};
