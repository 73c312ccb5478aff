import type { IssuedCredentials } from "@/lib/applications/application.types";

export const PICK_UP_LINK_STATES = ["open", "picked_up", "revoked", "expired"] as const;
export type PickUpLinkState = (typeof PICK_UP_LINK_STATES)[number];

/** What whoever holds a link is told of it. Its application's name says that it is the right one. */
export type OpenedPickUpLink = { applicationName: string } & (
  | { state: "open"; label: string | null; expiresAt: Date }
  /** `from` is the address it was picked up from, so that whoever did it knows themselves. */
  | { state: "picked_up"; at: Date; from: string | null }
  | { state: "revoked" | "expired"; at: Date }
);

/** What comes of a press: the credentials, this one time, or why there are none. */
export type PickedUpSecret =
  | { state: "made"; credentials: IssuedCredentials }
  | Exclude<OpenedPickUpLink, { state: "open" }>;

/** A link as staff see it: never its token, which nobody has but who it was given to. */
export type PickUpLinkSummary = {
  id: string;
  state: PickUpLinkState;
  label: string | null;
  createdAt: Date;
  createdByName: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
  pickedUpAt: Date | null;
  pickedUpIp: string | null;
  /** The last four characters of the secret it has made. */
  secretHint: string | null;
  /** Somebody has opened it again after it was picked up. */
  reopenedCount: number;
  reopenedAt: Date | null;
  reopenedIp: string | null;
};
