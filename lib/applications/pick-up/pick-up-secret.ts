import "server-only";

import type { IssuedCredentials } from "@/lib/applications/application.types";
import { lockApplication } from "@/lib/applications/lock-application";
import { SECRETS_MAX } from "@/lib/applications/secrets/application-secret.schema";
import { countPlacesTaken, insertSecret, makeSecret } from "@/lib/applications/secrets/insert-secret";
import { isSecretLive } from "@/lib/applications/secrets/live-secret";
import type { LockedSecrets } from "@/lib/applications/secrets/lock-secrets";
import type { VisitorActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database, inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { closePickUpLink, toPickUpLinkActor } from "./close-pick-up-link";
import { getPickUpLink, type HeldPickUpLink } from "./get-pick-up-link";
import type { PickedUpSecret } from "./pick-up-link.types";
import { pickUpLinkStateAt } from "./pick-up-link-state";

/**
 * Makes the secret that a link is for and returns it, here and nowhere else, ever; the link is used up with it. Any
 * number of presses at once are one secret. A link that works no more says why.
 *
 * Throws AppError `not_found` / `pick_up_link_unknown`; `precondition` / `pick_up_application_inactive` and `conflict` /
 * `pick_up_no_room` where staff have to do something first. The link is not used up then.
 */
export async function pickUpSecret(ctx: VerbContext<VisitorActor>, token: string): Promise<PickedUpSecret> {
  const held = await getPickUpLink(database(), token);
  if (pickUpLinkStateAt(held, ctx.now()) !== "open") return closePickUpLink(ctx, held);
  requireActive(held);
  const wanted = { applicationId: held.applicationId, label: held.label ?? "" };
  const made = await makeSecret(ctx, wanted, (secrets, at) => decide(secrets, held, at));
  const credentials = await inTransaction(async (tx): Promise<IssuedCredentials | undefined> => {
    // Whoever makes, uses or revokes a link holds its application: what is read now stays so.
    await lockApplication(tx, held.applicationId);
    const link = await getPickUpLink(tx, token);
    const pickedUpAt = ctx.now();
    if (pickUpLinkStateAt(link, pickedUpAt) !== "open") return undefined;
    requireActive(link);
    const actor = toPickUpLinkActor(ctx.actor, link.id);
    const { secret, decision, credentials } = await insertSecret(tx, { actor, now: () => pickedUpAt }, made);
    const { replaced, revokedAt } = decision;
    await tx.applicationSecret.updateMany({
      where: { id: { in: replaced.map(({ id }) => id) } },
      data: { revokedAt, replacedById: secret.secretId },
    });
    await tx.pickUpLink.update({
      where: { id: link.id },
      data: { pickedUpAt, pickedUpIp: actor.ip, secretId: secret.secretId },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_picked_up",
      targetId: link.applicationId,
      changes: created({
        linkId: link.id,
        ...secret,
        ...(replaced.length === 0
          ? {}
          : {
              replacedSecretIds: replaced.map(({ id }) => id),
              replacedHints: replaced.map(({ hint }) => hint),
              revokedAt,
            }),
      }),
    });
    return credentials;
  });
  // Somebody else was first, or staff have revoked it meanwhile.
  if (credentials === undefined) return closePickUpLink(ctx, await getPickUpLink(database(), token));
  return { state: "made", credentials };
}

function requireActive({ application }: HeldPickUpLink): void {
  if (!application.isActive) throw new AppError("precondition", "pick_up_application_inactive");
}

/**
 * What is replaced now, and when that and the new one end. What staff have revoked or scheduled since they made the
 * link stays as it is: they have decided later.
 */
function decide({ secrets }: LockedSecrets, link: HeldPickUpLink, at: Date) {
  const { replacedSecretIds, revokedAfterSeconds, replacedRevokedAt, secretExpiresAt: expiresAt } = link;
  const replaced = secrets.filter(
    (secret) => replacedSecretIds.includes(secret.id) && isSecretLive(secret, at) && secret.revokedAt === null,
  );
  const chosen = replacedRevokedAt ?? new Date(at.getTime() + (revokedAfterSeconds ?? 0) * 1_000);
  const revokedAt = chosen > at ? chosen : at;
  const ending = revokedAt <= at ? replaced.map(({ id }) => id) : [];
  if (countPlacesTaken(secrets, at, ending) >= SECRETS_MAX) throw new AppError("conflict", "pick_up_no_room");
  return { replaced, revokedAt, expiresAt };
}
