import "server-only";

import type { Transaction } from "@/lib/db/client";
import type { StaffLinkKind } from "@/lib/staff/staff.types";
import { HOUR_MS } from "@/lib/time";
import { generateToken, hashToken } from "./one-time-token";

/** How long a link can be used: people read invitations after a weekend, a forgotten password they want back today. */
const LIFETIME_HOURS: Record<StaffLinkKind, number> = { invitation: 72, password_reset: 24 };

/**
 * Makes a link for a member, whose earlier one stops working, and returns its token, of which only the hash is stored.
 * Part of the caller's transaction, which has locked the member.
 */
export async function createStaffLink(
  tx: Pick<Transaction, "staffLink">,
  link: { staffMemberId: string; kind: StaffLinkKind; createdById: string | null },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  await revokeStaffLinks(tx, link.staffMemberId, now);
  const token = generateToken();
  const expiresAt = new Date(now.getTime() + LIFETIME_HOURS[link.kind] * HOUR_MS);
  await tx.staffLink.create({
    data: { ...link, tokenHash: hashToken(token), createdAt: now, expiresAt },
    select: { id: true },
  });
  return { token, expiresAt };
}

/** Revokes the link of a member that still works, if there is one. Part of the caller's transaction. */
export async function revokeStaffLinks(
  tx: Pick<Transaction, "staffLink">,
  staffMemberId: string,
  now: Date,
): Promise<void> {
  await tx.staffLink.updateMany({ where: { staffMemberId, usedAt: null, revokedAt: null }, data: { revokedAt: now } });
}
