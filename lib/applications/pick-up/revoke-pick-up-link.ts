import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RevokePickUpLink } from "./pick-up-link.schema";
import { pickUpLinkStateAt } from "./pick-up-link-state";

/**
 * Takes a link back that nobody has used. One that is over in another way stays as it is. Throws AppError `not_found`,
 * and `conflict` / `pick_up_link_used` when somebody was faster: then there is a secret to revoke.
 */
export async function revokePickUpLink(
  { actor, now }: VerbContext,
  { applicationId, linkId }: RevokePickUpLink,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const link = await tx.pickUpLink.findUnique({
      where: { id: linkId, applicationId },
      select: { pickedUpAt: true, revokedAt: true, expiresAt: true },
    });
    if (link === null) throw new AppError("not_found", "not_found");
    const revokedAt = now();
    const state = pickUpLinkStateAt(link, revokedAt);
    if (state === "picked_up") throw new AppError("conflict", "pick_up_link_used");
    if (state !== "open") return;
    await tx.pickUpLink.update({ where: { id: linkId }, data: { revokedAt }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: "application.pick_up_link_revoked",
      targetId: applicationId,
      changes: { linkId: { before: linkId, after: null } },
    });
  });
}
