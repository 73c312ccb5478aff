import "server-only";

import type { IssuedCredentials } from "@/lib/applications/application.types";
import type { Actor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database, type Transaction } from "@/lib/db/client";
import type { HashedSecret } from "@/lib/db/secret-field/hashed-secret";
import { AppError } from "@/lib/errors/app-error";
import { type AddSecret, SECRETS_MAX } from "./application-secret.schema";
import { generateSecret } from "./generate-credentials";
import { isSecretLive, resolveExpiry } from "./live-secret";
import { getSecrets, type LockedSecrets, lockSecrets } from "./lock-secrets";

type LivesUntil = { expiresAt: Date | null };
/** Decides by the secrets that there are whether there may be another, and until when it would live: null for ever. */
type Decide<Decision extends LivesUntil> = (secrets: LockedSecrets, at: Date) => Decision;

/** A secret that is hashed already, as it may be stored by a transaction. `clientSecret` is the only copy. */
type MadeSecret<Decision extends LivesUntil> = {
  input: Pick<AddSecret, "applicationId" | "label">;
  decide: Decide<Decision>;
  clientSecret: string;
  hint: string;
  hash: HashedSecret;
};

/** A stored secret, in the words of the audit log. */
type NewSecret = LivesUntil & { secretId: string; hint: string; label: string | null };

/**
 * Decides whether there is room for one more secret, and until when it would live: null for ever. `ending` are secrets
 * that are revoked in the same transaction, at once: they take no place any more. Throws AppError `conflict` for a
 * sixth live one, and `invalid` for an expiry that has passed.
 */
export function requireRoomForSecret(
  { secrets }: LockedSecrets,
  input: { expiresAt: string; ending?: readonly string[] },
  now: Date,
): Date | null {
  const expiresAt = resolveExpiry(input.expiresAt, now);
  if (countPlacesTaken(secrets, now, input.ending) >= SECRETS_MAX) throw new AppError("conflict", "secrets_too_many");
  return expiresAt;
}

/** Counts the secrets that are live, without those that are revoked in the same transaction, at once. */
export function countPlacesTaken(secrets: LockedSecrets["secrets"], now: Date, ending: readonly string[] = []): number {
  return secrets.filter((secret) => isSecretLive(secret, now) && !ending.includes(secret.id)).length;
}

/**
 * Makes a secret for an application and hashes it: the slow part, for which nobody has to wait who wants the
 * application. What `decide` refuses is refused before that. Throws AppError `not_found`.
 */
export async function makeSecret<Decision extends LivesUntil>(
  { now, config }: Pick<VerbContext, "now" | "config">,
  input: MadeSecret<Decision>["input"],
  decide: Decide<Decision>,
): Promise<MadeSecret<Decision>> {
  const known = await getSecrets(database(), input.applicationId);
  decide(known, now());
  const { clientSecret, hint } = generateSecret(known.clientId, config);
  return { input, decide, clientSecret, hint, hash: await database().hashSecret(clientSecret) };
}

/** Locks the application, decides once more, and stores the secret, live at once. Throws AppError `not_found`. */
export async function insertSecret<Decision extends LivesUntil>(
  tx: Transaction,
  { actor, now }: Pick<VerbContext<Actor>, "actor" | "now">,
  { input: { applicationId, label }, decide, clientSecret, hint, hash }: MadeSecret<Decision>,
): Promise<{ secret: NewSecret; decision: Decision; credentials: IssuedCredentials }> {
  const locked = await lockSecrets(tx, applicationId);
  const decision = decide(locked, now());
  const about = { hint, label: label === "" ? null : label, expiresAt: decision.expiresAt };
  const { id: secretId } = await tx.applicationSecret.create({
    data: { applicationId, hash, ...about, isUntaken: true, createdById: actor.kind === "staff" ? actor.id : null },
    select: { id: true },
  });
  const { name, clientId } = locked;
  const credentials = { applicationId, name, clientId, secretId, clientSecret };
  return { secret: { secretId, ...about }, decision, credentials };
}
