import "server-only";

import { isSecretLive } from "@/lib/applications/secrets/live-secret";
import { database } from "@/lib/db/client";

/** An application to choose from: what it is called, and the client ID, which is no secret. */
export type ApplicationChoice = {
  id: string;
  name: string;
  clientId: string;
  /** Whether it is active, has a live secret and may create rooms: what a first call needs. */
  isUsable: boolean;
};

const CHOICES_MAX = 500;

/** Lists applications, those used last first and then the newest, as many as a list to choose from can hold. */
export async function listApplicationChoices(now: Date): Promise<ApplicationChoice[]> {
  const rows = await database().application.findMany({
    where: { deletedAt: null },
    select: {
      id: true,
      name: true,
      clientId: true,
      isActive: true,
      scopes: true,
      secrets: { select: { revokedAt: true, expiresAt: true, compromisedAt: true } },
    },
    orderBy: [{ lastUsedAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }, { id: "desc" }],
    take: CHOICES_MAX,
  });
  return rows.map(({ isActive, scopes, secrets, ...application }) => ({
    ...application,
    isUsable: isActive && scopes.includes("rooms:create") && secrets.some((secret) => isSecretLive(secret, now)),
  }));
}
