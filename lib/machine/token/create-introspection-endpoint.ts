import "server-only";

import type { Config } from "@/lib/env/config";
import { decideAuthority } from "@/lib/machine/authority/authority";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import { orOutage } from "@/lib/machine/problems/database-outage";
import { withRequestContext } from "@/lib/machine/with-request-context";
import type { KeyRing } from "@/lib/oauth/jose/signing-key";
import type { ClientAuthenticationDeps } from "@/lib/oauth/ports";
import { createIntrospectionEndpoint } from "@/lib/oauth/presented-token/introspection-endpoint";
import { reportIntrospectionRefused, reportTokenIntrospected } from "./token-events";

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/introspect`. What it says of a
 * token is what the external API would decide at the same moment, by the same read and the same rules.
 */
export function createIntrospection(
  deps: ClientAuthenticationDeps<M2mRequestContext> & {
    configuration: Config;
    ports: M2mPorts;
    keyRing: () => Promise<KeyRing>;
  },
): (request: Request) => Promise<Response> {
  const { configuration, ports, keyRing, authenticateClient, realm, errorPage } = deps;
  return withRequestContext(
    createIntrospectionEndpoint({
      issuer: configuration.tokenIssuer,
      audience: configuration.tokenAudience,
      realm,
      errorPage,
      keyRing,
      authenticateClient,
      readLiveState: async (claims) =>
        decideAuthority(claims, await orOutage(() => ports.findAuthority(claims)), ports.now()),
      onTokenIntrospected: reportTokenIntrospected,
      onIntrospectionRefused: reportIntrospectionRefused,
      now: ports.now,
    }),
  );
}
