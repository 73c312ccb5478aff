import "server-only";

import { database } from "@/lib/db/client";
import type { UpdateApplication } from "./application.schema";

/** Tells whether an edit grants a scope that the application does not have. False for one that does not exist. */
export async function widensScopes({ applicationId, scopes }: UpdateApplication): Promise<boolean> {
  const stored = await database().application.findUnique({
    where: { id: applicationId, deletedAt: null },
    select: { scopes: true },
  });
  return stored !== null && scopes.some((scope) => !stored.scopes.includes(scope));
}
