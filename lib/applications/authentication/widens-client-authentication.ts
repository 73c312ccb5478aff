import "server-only";

import type { VerbContext } from "@/lib/audit/verb-context";
import { database } from "@/lib/db/client";
import type { SetClientAuthentication } from "./client-authentication.schema";

/**
 * Tells whether the settings would let an application prove who it is in another way, with keys from another address,
 * for another grant, or for tokens that live longer. False for an application that does not exist.
 */
export async function widensClientAuthentication(
  { applicationId, grantTypes, methods, jwksUri, tokenTtlSeconds }: SetClientAuthentication,
  { config }: Pick<VerbContext, "config">,
): Promise<boolean> {
  const stored = await database().application.findUnique({
    where: { id: applicationId, deletedAt: null },
    select: { grantTypes: true, tokenEndpointAuthMethods: true, jwksUri: true, tokenTtlSeconds: true },
  });
  if (stored === null) return false;
  const lifeOf = (seconds: number | null) => seconds ?? config.tokenTtlSeconds;
  return (
    methods.some((method) => !stored.tokenEndpointAuthMethods.includes(method)) ||
    grantTypes.some((grant) => !stored.grantTypes.includes(grant)) ||
    (jwksUri !== null && jwksUri !== stored.jwksUri) ||
    lifeOf(tokenTtlSeconds) > lifeOf(stored.tokenTtlSeconds)
  );
}
