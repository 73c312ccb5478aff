import "server-only";

import type { Config } from "@/lib/env/config";
import type { KeyRing } from "@/lib/oauth/jose/signing-key";
import type { ClientAuthenticationDeps } from "@/lib/oauth/ports";
import { createIntrospectionEndpoint } from "@/lib/oauth/presented-token/introspection-endpoint";
import { decideAuthority } from "./authority";
import { orOutage } from "./database-outage";
import type { MachinePorts } from "./machine-ports";
import { reportIntrospectionRefused, reportTokenIntrospected } from "./token-events";
import { withRequestContext } from "./with-request-context";

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/introspect`. What it says of a
 * token is what the external API would decide at the same moment, by the same read and the same rules.
 */
export function createMachineIntrospectionEndpoint(
  deps: ClientAuthenticationDeps & { configuration: Config; ports: MachinePorts; keyRing: () => Promise<KeyRing> },
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
        decideAuthority(claims, await orOutage(() => ports.readAuthority(claims)), ports.now()),
      onTokenIntrospected: reportTokenIntrospected,
      onIntrospectionRefused: reportIntrospectionRefused,
      now: ports.now,
    }),
  );
}
