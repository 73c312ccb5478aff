import "server-only";

import type { PickUpLinkState } from "./pick-up-link.types";

type Ends = { pickedUpAt: Date | null; revokedAt: Date | null; expiresAt: Date };

/** How a link is doing at a moment. What somebody has done with it says more than its time. */
export function pickUpLinkStateAt({ pickedUpAt, revokedAt, expiresAt }: Ends, moment: Date): PickUpLinkState {
  if (pickedUpAt !== null) return "picked_up";
  if (revokedAt !== null) return "revoked";
  return expiresAt <= moment ? "expired" : "open";
}

/** The links that somebody could use at a moment, for a query. */
export const openAt = (moment: Date) => ({ pickedUpAt: null, revokedAt: null, expiresAt: { gt: moment } }) as const;
