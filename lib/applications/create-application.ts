import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database, inTransaction } from "@/lib/db/client";
import type { CreateApplication } from "./application.schema";
import type { IssuedCredentials } from "./application.types";
import { generateCredentials } from "./secrets/generate-credentials";

/**
 * Creates an application with its first secret, active at once. Names need not be unique. The secret is returned here
 * and nowhere else, ever: the database keeps an Argon2id hash of it and the last four characters of its random part.
 */
export async function createApplication(
  { actor, config }: VerbContext,
  { name, description, ownerContact, scopes, domains }: CreateApplication,
): Promise<IssuedCredentials> {
  const { clientId, clientSecret, hint } = generateCredentials(config);
  const hash = await database().hashSecret(clientSecret);

  const applicationId = await inTransaction(async (tx) => {
    const application = await tx.application.create({
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
    const secret = await tx.applicationSecret.create({
      data: { applicationId: application.id, hash, hint, createdById: actor.id },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.created",
      targetId: application.id,
      changes: created({ name, description, ownerContact, clientId, scopes, domains, isActive: true }),
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_created",
      targetId: application.id,
      changes: created({ secretId: secret.id, hint }),
    });
    return application.id;
  });
  return { applicationId, name, clientId, clientSecret };
}
