import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { SECRETS_MAX } from "./application-secret.schema";
import { generateSecret } from "./generate-credentials";
import { isSecretLive, resolveExpiry } from "./live-secret";
import type { LockedSecrets } from "./read-locked-secrets";

type NewSecret = {
  applicationId: string;
  /** Read under the lock that is still held. */
  locked: LockedSecrets;
  /** Secrets that end in the same transaction, at once: they take no place any more. */
  ending?: readonly string[];
  label: string;
  /** As typed, in UTC; empty means never. */
  expiresAt: string;
};

export type InsertedSecret = {
  secretId: string;
  clientSecret: string;
  hint: string;
  label: string | null;
  expiresAt: Date | null;
};

/**
 * Makes a secret for an application whose secrets are locked, live at once. Throws AppError `conflict` for a sixth live
 * one, before anything costly is done, and `invalid` for an expiry that has passed.
 */
export async function insertSecret(
  tx: Transaction,
  { applicationId, locked, ending = [], ...input }: NewSecret,
  actor: StaffActor,
  now: Date,
): Promise<InsertedSecret> {
  const expiresAt = resolveExpiry(input.expiresAt, now);
  const live = locked.secrets.filter((secret) => isSecretLive(secret, now) && !ending.includes(secret.id));
  if (live.length >= SECRETS_MAX) throw new AppError("conflict", "secrets_too_many");
  const { clientSecret, hint } = generateSecret(locked.clientId);
  const label = input.label === "" ? null : input.label;
  const { id: secretId } = await tx.applicationSecret.create({
    data: { applicationId, hash: clientSecret, hint, label, expiresAt, createdById: actor.id },
    select: { id: true },
  });
  return { secretId, clientSecret, hint, label, expiresAt };
}
