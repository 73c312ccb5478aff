import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { database, type Transaction } from "@/lib/db/client";
import type { HashedSecret } from "@/lib/db/secret-field/hashed-secret";
import { AppError } from "@/lib/errors/app-error";
import { SECRETS_MAX } from "./application-secret.schema";
import { generateSecret } from "./generate-credentials";
import { isSecretLive, resolveExpiry } from "./live-secret";
import type { LockedSecrets } from "./read-locked-secrets";

/** A secret that is hashed already, as it may be stored by a transaction. `clientSecret` is the only copy. */
type MadeSecret = { clientSecret: string; hint: string; hash: HashedSecret };

type NewSecret = { applicationId: string; made: MadeSecret; label: string; expiresAt: Date | null };

export type InsertedSecret = {
  secretId: string;
  clientSecret: string;
  hint: string;
  label: string | null;
  expiresAt: Date | null;
};

/**
 * Decides whether there is room for one more secret, and until when it would live: null for ever. `ending` are secrets
 * that end in the same transaction, at once: they take no place any more. Throws AppError `conflict` for a sixth live one,
 * and `invalid` for an expiry that has passed.
 */
export function requireRoomForSecret(
  { secrets }: LockedSecrets,
  input: { expiresAt: string; ending?: readonly string[] },
  now: Date,
): Date | null {
  const { ending = [] } = input;
  const expiresAt = resolveExpiry(input.expiresAt, now);
  const live = secrets.filter((secret) => isSecretLive(secret, now) && !ending.includes(secret.id));
  if (live.length >= SECRETS_MAX) throw new AppError("conflict", "secrets_too_many");
  return expiresAt;
}

/** Makes a secret for a client and hashes it: the slow part, for which nobody has to wait who wants the application. */
export async function makeSecret(clientId: string): Promise<MadeSecret> {
  const { clientSecret, hint } = generateSecret(clientId);
  return { clientSecret, hint, hash: await database().hashSecret(clientSecret) };
}

/** Stores a secret for an application whose secrets are locked and have room for it, live at once. */
export async function insertSecret(
  tx: Transaction,
  { applicationId, made, expiresAt, ...input }: NewSecret,
  actor: StaffActor,
): Promise<InsertedSecret> {
  const { clientSecret, hint, hash } = made;
  const label = input.label === "" ? null : input.label;
  const { id: secretId } = await tx.applicationSecret.create({
    data: { applicationId, hash, hint, label, expiresAt, createdById: actor.id },
    select: { id: true },
  });
  return { secretId, clientSecret, hint, label, expiresAt };
}
