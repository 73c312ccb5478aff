import "server-only";

import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { hashToken } from "@/lib/secrets/one-time-token";
import type { OpenedStaffLink } from "@/lib/staff/staff.types";

/** Returns for whom a link is, without using it up. Throws AppError `not_found` / `link_invalid` for one that does not work. */
export async function openStaffLink(token: string, now: Date): Promise<OpenedStaffLink> {
  const link = await database().staffLink.findUnique({
    where: { tokenHash: hashToken(token), usedAt: null, revokedAt: null, expiresAt: { gt: now } },
    select: { kind: true, staffMember: { select: { email: true, name: true, joinedAt: true } } },
  });
  if (link === null) throw new AppError("not_found", "link_invalid");
  const { email, name, joinedAt } = link.staffMember;
  return { kind: link.kind, email, name: joinedAt === null ? "" : name };
}
