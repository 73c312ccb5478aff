import "server-only";

import type { Config } from "@/lib/env/config";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import type { PeriodicPurge } from "@/lib/machine/periodic-purge";
import { orOutage } from "@/lib/machine/problems/database-outage";
import { withRequestContext } from "@/lib/machine/with-request-context";
import type { KeyRing } from "@/lib/oauth/jose/signing-key";
import type { ClientAuthenticationDeps } from "@/lib/oauth/ports";
import { createRevocationEndpoint } from "@/lib/oauth/presented-token/revocation-endpoint";
import { reportRevocationIgnored, reportRevocationRefused, reportTokenRevoked } from "./token-events";

/** Joins the protocol core, the credential check and the database into `POST /api/oauth/revoke`. */
export function createRevocation(
  deps: ClientAuthenticationDeps<M2mRequestContext> & {
    configuration: Config;
    ports: M2mPorts;
    keyRing: () => Promise<KeyRing>;
    purge: PeriodicPurge;
  },
): (request: Request) => Promise<Response> {
  const { configuration, ports, keyRing, purge, authenticateClient, realm, errorPage } = deps;
  return withRequestContext(
    createRevocationEndpoint({
      issuer: configuration.tokenIssuer,
      audience: configuration.tokenAudience,
      realm,
      errorPage,
      keyRing,
      authenticateClient,
      async revokeToken(revocation) {
        const isNew = await orOutage(() => ports.revokeToken(revocation));
        // Rows come from here alone, so it is here that old ones are looked for.
        purge.start();
        return isNew;
      },
      onTokenRevoked: reportTokenRevoked,
      onRevocationIgnored: reportRevocationIgnored,
      onRevocationRefused: reportRevocationRefused,
      now: ports.now,
    }),
  );
}
