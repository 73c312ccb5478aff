import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors/app-error";

const secretSelect = {
  id: true,
  hint: true,
  revokedAt: true,
  expiresAt: true,
  compromisedAt: true,
  replacedById: true,
  lastUsedAt: true,
} as const satisfies Prisma.ApplicationSecretSelect;

/** What a decision about a secret leans on; nothing of the secret itself. */
export type LockedSecret = Prisma.ApplicationSecretGetPayload<{ select: typeof secretSelect }>;

export type LockedSecrets = { name: string; clientId: string; secrets: LockedSecret[] };

/**
 * Reads an application's secrets and keeps everybody else from changing them until the transaction revocation: how many
 * are live, and which is the last one, then stays true while it is acted upon. Throws AppError `not_found`.
 */
export async function lockSecrets(tx: Transaction, applicationId: string): Promise<LockedSecrets> {
  await lockApplication(tx, applicationId);
  return getSecrets(tx, applicationId);
}

/** Reads the same as it is now, for what is decided again under the lock. Throws AppError `not_found`. */
export async function getSecrets(
  reader: Pick<Transaction, "application">,
  applicationId: string,
): Promise<LockedSecrets> {
  const application = await reader.application.findUnique({
    where: { id: applicationId, deletedAt: null },
    select: { name: true, clientId: true, secrets: { select: secretSelect } },
  });
  if (application === null) throw new AppError("not_found", "not_found");
  return application;
}

/** Returns one of them. Throws AppError `not_found`, also for a secret of another application. */
export function requireSecret({ secrets }: LockedSecrets, secretId: string): LockedSecret {
  const secret = secrets.find(({ id }) => id === secretId);
  if (secret === undefined) throw new AppError("not_found", "not_found");
  return secret;
}
