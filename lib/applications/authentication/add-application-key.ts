import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { FieldReason } from "@/lib/errors/field-reason";
import { type ClientPublicKey, readClientKeyText } from "@/lib/oauth/jose/client-key";
import { JwkError, type JwkFault } from "@/lib/oauth/jose/jwk";
import { toStoredJwk } from "./application-key-projection";
import { type AddApplicationKey, APPLICATION_KEYS_MAX } from "./client-authentication.schema";

const REASONS: Record<JwkFault, FieldReason> = {
  symmetric: "public_key_private",
  private: "public_key_private",
  weak: "public_key_weak",
  kid: "public_key_kid_invalid",
  algorithm: "public_key_invalid",
  malformed: "public_key_invalid",
};

/**
 * Registers a public key of an application, given as JWK or PEM, live at once. Its name is the one given, else the one
 * it carries, else its RFC 7638 thumbprint. A private key is refused without a trace of it anywhere.
 *
 * Throws AppError `invalid` for what is no public key, `conflict` for a key or name that is live already, for a sixth
 * live key, and for an application that publishes its keys itself; `not_found`.
 */
export async function addApplicationKey(
  { actor }: VerbContext,
  input: AddApplicationKey,
): Promise<{ keyId: string; kid: string }> {
  const { publicJwk, thumbprint } = await readKey(input.publicKey);
  const { applicationId } = input;
  const kid = input.kid === "" ? publicJwk.kid : input.kid;
  return inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    await requireRoomFor(tx, applicationId, { kid, thumbprint });
    const { id: keyId } = await tx.applicationKey.create({
      data: {
        applicationId,
        kid,
        publicJwk: toStoredJwk({ ...publicJwk, kid }),
        thumbprint,
        createdById: actor.id,
      },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.key_added",
      targetId: applicationId,
      changes: created({ keyId, kid, algorithm: publicJwk.alg, thumbprint }),
    });
    return { keyId, kid };
  });
}

async function readKey(text: string): Promise<ClientPublicKey> {
  try {
    return await readClientKeyText(text);
  } catch (error) {
    if (!(error instanceof JwkError)) throw error;
    // The message names the rule and holds nothing of the key.
    const fieldErrors = { publicKey: REASONS[error.fault] };
    throw new AppError("invalid", "invalid", { fieldErrors, detail: `The key ${error.message}` });
  }
}

async function requireRoomFor(
  tx: Transaction,
  applicationId: string,
  { kid, thumbprint }: { kid: string; thumbprint: string },
): Promise<void> {
  const application = await tx.application.findUnique({
    where: { id: applicationId },
    select: { jwksUri: true, keys: { where: { revokedAt: null }, select: { kid: true, thumbprint: true } } },
  });
  const live = application?.keys ?? [];
  if (application?.jwksUri !== null) throw new AppError("conflict", "keys_are_published");
  if (live.length >= APPLICATION_KEYS_MAX) throw new AppError("conflict", "keys_too_many");
  if (live.some((key) => key.thumbprint === thumbprint)) throw fieldConflict("publicKey", "public_key_taken");
  if (live.some((key) => key.kid === kid)) throw fieldConflict("kid", "kid_taken");
}

function fieldConflict(field: string, reason: FieldReason): AppError {
  return new AppError("conflict", "invalid", { fieldErrors: { [field]: reason } });
}
