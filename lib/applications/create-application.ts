import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import type { CreateApplication } from "./application.schema";
import type { IssuedCredentials } from "./application.types";
import { generateCredentials } from "./secrets/generate-credentials";

/**
 * Creates an application with its first secret, active at once. Names need not be unique. The secret is returned here
 * and nowhere else, ever: the database keeps an Argon2id hash of it and the last four characters of its random part.
 */
export async function createApplication(input: CreateApplication, actor: StaffActor): Promise<IssuedCredentials> {
  const { clientId, clientSecret, hint } = generateCredentials();
  const { name, description, ownerContact, scopes, domains } = input;
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
    const target = { targetKind: "application", targetId: application.id } as const;
    await recordAuditEvent(tx, actor, {
      action: "application.created",
      ...target,
      changes: {
        name: { before: null, after: name },
        description: { before: null, after: description },
        ownerContact: { before: null, after: ownerContact },
        clientId: { before: null, after: clientId },
        scopes: { before: null, after: scopes },
        domains: { before: null, after: domains },
        isActive: { before: null, after: true },
      },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_created",
      ...target,
      changes: { secretId: { before: null, after: secret.id }, hint: { before: null, after: hint } },
    });
    return application.id;
  });
  return { applicationId, name, clientId, clientSecret };
}
