import type { Counted } from "@/lib/list/counted";

export type PersonSummary = {
  id: string;
  email: string;
  displayName: string | null;
  isActive: boolean;
  isDelegationAllowed: boolean;
  /** Null for whoever has no account in the portal. */
  staff: { isImpersonationAllowed: boolean } | null;
  roomsOwned: Counted;
  createdAt: Date;
};

export type PersonDetail = Omit<PersonSummary, "staff" | "roomsOwned"> & {
  staff: { id: string; isImpersonationAllowed: boolean } | null;
  /** Tokens issued up to this moment are worth nothing. */
  tokensRevokedAt: Date | null;
  createdBy: { id: string; name: string } | null;
};

export type PersonRoom = {
  id: string;
  name: string;
  role: "owner" | "administrator" | "member";
  /** The application that made it; null once that is deleted. */
  application: { id: string; name: string } | null;
  createdAt: Date;
};

/** An application that got tokens for a person; null when it is gone. */
export type ActingApplication = { id: string; name: string | null; tokens: number; lastAt: Date };
