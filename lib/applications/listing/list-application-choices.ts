import "server-only";

import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { isSecretLive } from "@/lib/applications/secrets/live-secret";
import { database } from "@/lib/db/client";
import { filterConditions, idsQuery } from "./application-query";

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
  const order = { sort: "lastUsed", dir: "desc" } as const;
  const found = await database().$queryRaw<{ id: string }[]>(
    idsQuery(filterConditions(applicationList.defaults, now), order, { take: CHOICES_MAX }),
  );
  const rows = await database().application.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: {
      id: true,
      name: true,
      clientId: true,
      isActive: true,
      scopes: true,
      secrets: { select: { revokedAt: true, expiresAt: true, compromisedAt: true } },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found
    .flatMap(({ id }) => byId.get(id) ?? [])
    .map(({ isActive, scopes, secrets, ...application }) => ({
      ...application,
      isUsable: isActive && scopes.includes("rooms:create") && secrets.some((secret) => isSecretLive(secret, now)),
    }));
}
