import "server-only";

import type { IssuedPickUpLink } from "@/lib/applications/application.types";
import {
  REVOCATION_OPTIONS,
  type RotateSecret,
  SECRETS_MAX,
} from "@/lib/applications/secrets/application-secret.schema";
import { countPlacesTaken } from "@/lib/applications/secrets/insert-secret";
import { lockSecrets } from "@/lib/applications/secrets/lock-secrets";
import { decideRotation } from "@/lib/applications/secrets/rotate-secret";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { routes } from "@/lib/routes";
import { generateToken, hashToken } from "@/lib/secrets/one-time-token";
import { HOUR_MS } from "@/lib/time";
import { PICK_UP_LINK_HOURS } from "./pick-up-link.schema";
import { openAt } from "./pick-up-link-state";

type NewPickUpLink = {
  applicationId: string;
  name: string;
  label: string;
  secretExpiresAt: Date | null;
  replaced: readonly { id: string; hint: string }[];
  /** When what is replaced is revoked: one of both, where something is. */
  revokedAfterSeconds: number | null;
  replacedRevokedAt: Date | null;
};

/**
 * Makes a link with which an integrator makes the secret that staff would otherwise see: the same choices as for a
 * rotation, and nothing is made or revoked before the link is used. It works once, for 24 hours.
 *
 * Throws what `rotateSecret` throws, and AppError `conflict` / `pick_up_links_too_many` when the live secrets and those
 * that links may still make would be more than five.
 */
export async function makePickUpLink(ctx: VerbContext, input: RotateSecret): Promise<IssuedPickUpLink> {
  const { applicationId, label } = input;
  return inTransaction(async (tx) => {
    const locked = await lockSecrets(tx, applicationId);
    const at = ctx.now();
    const { revokedAt, replaced, expiresAt } = decideRotation(locked, input, at);
    const ending = revokedAt <= at ? input.secretIds : [];
    const links = await tx.pickUpLink.count({ where: { applicationId, ...openAt(at) } });
    if (countPlacesTaken(locked.secrets, at, ending) + links >= SECRETS_MAX) {
      throw new AppError("conflict", "pick_up_links_too_many");
    }
    const afterSeconds = REVOCATION_OPTIONS.find(({ value }) => value === input.revocation)?.afterSeconds ?? null;
    const isReplacing = replaced.length > 0;
    return insertPickUpLink(tx, ctx, {
      applicationId,
      name: locked.name,
      label,
      secretExpiresAt: expiresAt,
      replaced,
      revokedAfterSeconds: isReplacing ? afterSeconds : null,
      replacedRevokedAt: isReplacing && afterSeconds === null ? revokedAt : null,
    });
  });
}

/**
 * Stores a link and tells the audit log. Its token stands in the fragment of the address, which browsers send to no
 * server, and of it only the hash is stored. It never lives longer than the secret it makes. Part of the caller's
 * transaction, which has locked the application.
 */
export async function insertPickUpLink(
  tx: Pick<Transaction, "pickUpLink" | "auditEvent">,
  { actor, now, config }: VerbContext,
  { applicationId, name, label, secretExpiresAt, replaced, revokedAfterSeconds, replacedRevokedAt }: NewPickUpLink,
): Promise<IssuedPickUpLink> {
  const createdAt = now();
  const token = generateToken();
  const dayLater = new Date(createdAt.getTime() + PICK_UP_LINK_HOURS * HOUR_MS);
  const expiresAt = secretExpiresAt !== null && secretExpiresAt < dayLater ? secretExpiresAt : dayLater;
  const about = { label: label === "" ? null : label, secretExpiresAt, expiresAt };
  const replacedSecretIds = replaced.map(({ id }) => id);
  const { id: linkId } = await tx.pickUpLink.create({
    data: {
      applicationId,
      tokenHash: hashToken(token),
      ...about,
      replacedSecretIds,
      revokedAfterSeconds,
      replacedRevokedAt,
      createdById: actor.id,
      createdAt,
    },
    select: { id: true },
  });
  await recordAuditEvent(tx, actor, {
    action: "application.pick_up_link_made",
    targetId: applicationId,
    changes: created({
      linkId,
      ...about,
      ...(replaced.length === 0 ? {} : { replacedSecretIds, replacedHints: replaced.map(({ hint }) => hint) }),
    }),
  });
  return { applicationId, name, linkId, url: `${config.publicUrl}${routes.pickUp()}#${token}`, expiresAt };
}
