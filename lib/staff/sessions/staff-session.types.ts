import type { VerbContext } from "@/lib/audit/verb-context";
import type { StaffRole } from "@/lib/permissions";

/** How a member proved who they are. */
export type SignInMethod = "password" | "identity_provider";

/** A live session and whose it is, as read from the database for this very request. */
export type StaffSessionView = {
  sessionId: string;
  /** When its owner last proved who they are, and how. */
  authenticatedAt: Date;
  signInMethod: SignInMethod;
  /** Their password is the one printed at the first start: nothing works but choosing another. */
  mustChangePassword: boolean;
  staff: { id: string; name: string; email: string; role: StaffRole };
};

/** What a verb about one's own sign-in needs to know: the session that asks, besides the rest. */
export type SessionContext = VerbContext & { session: StaffSessionView };
