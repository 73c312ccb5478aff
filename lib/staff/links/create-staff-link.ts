import "server-only";

import type { AuditAction } from "@/lib/audit/audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";
import { routes } from "@/lib/routes";
import { generateToken, hashToken } from "@/lib/secrets/one-time-token";
import type { IssuedStaffLink, StaffLinkKind } from "@/lib/staff/staff.types";
import { HOUR_MS } from "@/lib/time";

type NewStaffLink = Pick<IssuedStaffLink, "staffId" | "email" | "kind"> & { createdById: string | null };

/** How long a link can be used: people read invitations after a weekend, a forgotten password they want back today. */
const LIFETIME_HOURS: Record<StaffLinkKind, number> = { invitation: 72, password_reset: 24 };

/** What it is called when a member gets another link. */
export const RENEWALS = {
  invitation: "staff.invitation_renewed",
  password_reset: "staff.password_reset_offered",
} as const satisfies Record<StaffLinkKind, AuditAction>;

/**
 * Makes a link for a member, whose earlier one stops working. Of its token only the hash is stored. It stands in the
 * fragment of the address, which browsers send to no server: neither logs nor proxies nor the pages that are visited
 * next get to see it. Part of the caller's transaction, which has locked the member.
 */
export async function createStaffLink(
  tx: Pick<Transaction, "staffLink">,
  { now, config }: Pick<VerbContext, "now" | "config">,
  { staffId, email, kind, createdById }: NewStaffLink,
): Promise<IssuedStaffLink> {
  const createdAt = now();
  await revokeStaffLinks(tx, staffId, createdAt);
  const token = generateToken();
  const expiresAt = new Date(createdAt.getTime() + LIFETIME_HOURS[kind] * HOUR_MS);
  await tx.staffLink.create({
    data: { staffMemberId: staffId, kind, createdById, tokenHash: hashToken(token), createdAt, expiresAt },
    select: { id: true },
  });
  const path = kind === "invitation" ? routes.invitation() : routes.newPassword();
  return { staffId, kind, email, url: `${config.publicUrl}${path}#${token}`, expiresAt };
}

/** Revokes the link of a member that still works, if there is one. Part of the caller's transaction. */
export async function revokeStaffLinks(
  tx: Pick<Transaction, "staffLink">,
  staffMemberId: string,
  now: Date,
): Promise<void> {
  await tx.staffLink.updateMany({ where: { staffMemberId, usedAt: null, revokedAt: null }, data: { revokedAt: now } });
}
