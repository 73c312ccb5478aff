import "server-only";

import { database } from "@/lib/db/client";
import type { SecretUses } from "./application-secret.types";
import { toSecretUse } from "./secret-use";

/** Reads how the secrets of an application are doing now, newest first; none for an application that is gone. */
export async function listSecretUses(applicationId: string, now: Date): Promise<SecretUses> {
  const secrets = await database().applicationSecret.findMany({
    where: { applicationId },
    select: {
      id: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      compromisedAt: true,
      lastUsedAt: true,
      lastUsedIp: true,
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return { now, uses: secrets.map((secret) => toSecretUse(secret, now)) };
}
