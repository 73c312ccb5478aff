import "server-only";

import type { PickUpLinkActor, VisitorActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { HeldPickUpLink } from "./get-pick-up-link";
import type { OpenedPickUpLink } from "./pick-up-link.types";

/** In the audit log the link acts: nobody knows who holds it. */
export function toPickUpLinkActor({ ip, requestId }: VisitorActor, id: string): PickUpLinkActor {
  return { kind: "pick_up_link", id, ip, requestId };
}

/**
 * Says why a link makes no secret any more. That somebody has opened it again after it was picked up is noted for
 * staff: on the link each time, in the audit log once, so that nobody can fill what is kept for good.
 */
export async function closePickUpLink(
  { actor, now }: Pick<VerbContext<VisitorActor>, "actor" | "now">,
  { id, applicationId, application, pickedUpAt, pickedUpIp, revokedAt, expiresAt }: HeldPickUpLink,
): Promise<Exclude<OpenedPickUpLink, { state: "open" }>> {
  const applicationName = application.name;
  if (pickedUpAt === null) {
    return { applicationName, state: revokedAt === null ? "expired" : "revoked", at: revokedAt ?? expiresAt };
  }
  await inTransaction(async (tx) => {
    const { reopenedCount } = await tx.pickUpLink.update({
      where: { id },
      data: { reopenedCount: { increment: 1 }, reopenedAt: now(), reopenedIp: actor.ip },
      select: { reopenedCount: true },
    });
    if (reopenedCount > 1) return;
    await recordAuditEvent(tx, toPickUpLinkActor(actor, id), {
      action: "application.pick_up_link_reopened",
      targetId: applicationId,
      changes: { linkId: { before: null, after: id } },
    });
  });
  return { applicationName, state: "picked_up", at: pickedUpAt, from: pickedUpIp };
}
