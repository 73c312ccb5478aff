import type { StaffRole } from "@/lib/permissions";

/** `invited`: has not come yet. `invitation_not_live`: the link was used by nobody and no longer works. */
export const STAFF_STATUSES = ["active", "inactive", "invited", "invitation_not_live"] as const;
export type StaffStatus = (typeof STAFF_STATUSES)[number];

export type StaffSummary = {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  status: StaffStatus;
  lastSignedInAt: Date | null;
  /** Signs in through an identity provider, which also decides about the role. */
  isExternal: boolean;
  /** Has a passkey or an authenticator app here. */
  hasSecondFactor: boolean;
};

export type StaffDetail = StaffSummary & {
  createdAt: Date;
  /** Until when the link that was made last works; null without one that does. */
  linkExpiresAt: Date | null;
  /** Whether applications may act for this address although it can open the portal. */
  isImpersonationAllowed: boolean;
  /** How many browsers are signed in. */
  sessionCount: number;
};

export type StaffLinkKind = "invitation" | "password_reset";

/** A link as it is handed over, once: the token exists nowhere else. */
export type IssuedStaffLink = { staffId: string; kind: StaffLinkKind; email: string; url: string; expiresAt: Date };

/** What somebody who holds a link may know before they use it. */
export type OpenedStaffLink = { kind: StaffLinkKind; email: string; name: string };

export type OwnSession = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  ip: string | null;
  /** The one that asks. */
  isCurrent: boolean;
};
