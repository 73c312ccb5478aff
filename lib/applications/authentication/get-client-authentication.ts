import "server-only";

import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { isUuid } from "@/lib/uuid";
import { applicationKeySelect, toApplicationKeySummary } from "./application-key-projection";
import type { ClientAuthentication } from "./client-authentication.types";

/**
 * Returns how an application authenticates. Throws AppError `not_found` for an unknown id and for what is no id at all.
 */
export async function getClientAuthentication(applicationId: string): Promise<ClientAuthentication> {
  const row = isUuid(applicationId)
    ? await database().application.findUnique({
        where: { id: applicationId, deletedAt: null },
        select: {
          grantTypes: true,
          tokenEndpointAuthMethods: true,
          jwksUri: true,
          jwksFetchedAt: true,
          tokenTtlSeconds: true,
          keys: { select: applicationKeySelect, orderBy: [{ createdAt: "desc" }, { id: "desc" }] },
        },
      })
    : null;
  if (row === null) throw new AppError("not_found", "not_found");
  const { grantTypes, tokenEndpointAuthMethods, keys, ...rest } = row;
  return {
    ...rest,
    // The database refuses unknown ones; this is what tells the compiler.
    grantTypes: GRANT_TYPES.filter((grant) => grantTypes.includes(grant)),
    methods: CLIENT_AUTHENTICATION_METHODS.filter((method) => tokenEndpointAuthMethods.includes(method)),
    keys: keys.map(toApplicationKeySummary),
  };
}
