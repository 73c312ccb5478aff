import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database, inTransaction, type Transaction } from "@/lib/db/client";
import type { CreateApplication } from "./application.schema";
import type { IssuedCredentials, IssuedPickUpLink } from "./application.types";
import { insertPickUpLink } from "./pick-up/make-pick-up-link";
import { generateClientId, generateCredentials } from "./secrets/generate-credentials";

/**
 * Creates an application with its first secret, active at once. Names need not be unique. The secret is returned here
 * and nowhere else, ever: the database keeps an Argon2id hash of it and the last four characters of its random part.
 */
export async function createApplication(ctx: VerbContext, input: CreateApplication): Promise<IssuedCredentials> {
  const { actor, config } = ctx;
  const { clientId, clientSecret, hint } = generateCredentials(config);
  const hash = await database().hashSecret(clientSecret);

  const { applicationId, secretId } = await inTransaction(async (tx) => {
    const id = await insertApplication(tx, ctx, { ...input, clientId });
    const secret = await tx.applicationSecret.create({
      data: { applicationId: id, hash, hint, isUntaken: true, createdById: actor.id },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_created",
      targetId: id,
      changes: created({ secretId: secret.id, hint }),
    });
    return { applicationId: id, secretId: secret.id };
  });
  return { applicationId, name: input.name, clientId, secretId, clientSecret };
}

/**
 * Creates an application without a secret, and a link with which an integrator makes the first one. Until then it can
 * get no token.
 */
export async function createApplicationWithPickUpLink(
  ctx: VerbContext,
  input: CreateApplication,
): Promise<IssuedPickUpLink> {
  const clientId = generateClientId();
  return inTransaction(async (tx) => {
    const applicationId = await insertApplication(tx, ctx, { ...input, clientId });
    return insertPickUpLink(tx, ctx, {
      applicationId,
      name: input.name,
      label: "",
      secretExpiresAt: null,
      replaced: [],
      revokedAfterSeconds: null,
      replacedRevokedAt: null,
    });
  });
}

/** Stores the application and tells the audit log. Part of the caller's transaction. */
async function insertApplication(
  tx: Transaction,
  { actor }: VerbContext,
  { name, description, ownerContact, clientId, scopes, domains }: CreateApplication & { clientId: string },
): Promise<string> {
  const { id } = await tx.application.create({
    data: {
      name,
      description,
      ownerContact,
      clientId,
      scopes,
      createdById: actor.id,
      domains: { createMany: { data: domains.map((domain) => ({ domain })) } },
    },
    select: { id: true },
  });
  await recordAuditEvent(tx, actor, {
    action: "application.created",
    targetId: id,
    changes: created({ name, description, ownerContact, clientId, scopes, domains, isActive: true }),
  });
  return id;
}
