import "server-only";

import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors/app-error";
import { hashToken } from "@/lib/secrets/one-time-token";

const linkSelect = {
  id: true,
  applicationId: true,
  label: true,
  secretExpiresAt: true,
  replacedSecretIds: true,
  revokedAfterSeconds: true,
  replacedRevokedAt: true,
  expiresAt: true,
  revokedAt: true,
  pickedUpAt: true,
  pickedUpIp: true,
  secretId: true,
  application: { select: { name: true, isActive: true } },
} as const satisfies Prisma.PickUpLinkSelect;

/** A link with what it makes, for who holds its token. */
export type HeldPickUpLink = Prisma.PickUpLinkGetPayload<{ select: typeof linkSelect }>;

/**
 * Returns the link that a token belongs to, however it is doing. Throws AppError `not_found` / `pick_up_link_unknown`
 * for a token that nobody was given, and for one whose application is deleted: with it went its links.
 */
export async function getPickUpLink(reader: Pick<Transaction, "pickUpLink">, token: string): Promise<HeldPickUpLink> {
  const link = await reader.pickUpLink.findUnique({
    where: { tokenHash: hashToken(token), application: { deletedAt: null } },
    select: linkSelect,
  });
  if (link === null) throw new AppError("not_found", "pick_up_link_unknown");
  return link;
}
