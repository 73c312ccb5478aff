import type { VerbContext } from "@/lib/audit/verb-context";
import type { StaffRole } from "@/lib/permissions";

/** How a member proved who they are. */
type SignInMethod = "password" | "identity_provider";

/** With what they have shown besides a password that it is they. */
export type SecondFactor = "passkey" | "authenticator_app" | "recovery_code";

/** A member who has just proved who they are. */
export type VerifiedMember = { id: string; role: StaffRole; sessionVersion: number };

/** How and when they did: with a password, and now, unless it says otherwise. `factor` is what they showed besides. */
export type SignInProof = {
  now: Date;
  method?: SignInMethod;
  authenticatedAt?: Date;
  factor?: SecondFactor | undefined;
};

export type SignedIn = { staffId: string; sessionId: string };

/** A live session and whose it is, as read from the database for this very request. */
export type StaffSessionView = {
  sessionId: string;
  /** When its owner last proved who they are, and how. */
  authenticatedAt: Date;
  signInMethod: SignInMethod;
  /** Their password is the one printed at the first start: nothing works but choosing another. */
  mustChangePassword: boolean;
  /** They have a passkey or an authenticator app. */
  hasSecondFactor: boolean;
  staff: { id: string; name: string; email: string; role: StaffRole };
};

/** What a verb about one's own sign-in needs to know: the session that asks, besides the rest. */
export type SessionContext = VerbContext & { session: StaffSessionView };
