import "server-only";

import { decideAuthority } from "@/lib/machine/authority/authority";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import { orOutage } from "@/lib/machine/problems/database-outage";
import {
  reportIntrospectionRefused,
  reportRevocationIgnored,
  reportRevocationRefused,
  reportTokenIntrospected,
  reportTokenRevoked,
} from "@/lib/machine/token/token-events";
import type { AccessTokenVerifierDeps } from "@/lib/oauth/access-token/access-token-verifier";
import type { ClientAuthenticationDeps } from "@/lib/oauth/ports";
import { createIntrospectionEndpoint } from "@/lib/oauth/presented-token/introspection-endpoint";
import { createRevocationEndpoint } from "@/lib/oauth/presented-token/revocation-endpoint";
import type { M2mParts } from "./m2m-parts";
import { type Endpoint, withRequestContext } from "./with-request-context";

type ProtocolDeps = ClientAuthenticationDeps<M2mRequestContext> & AccessTokenVerifierDeps;

/** Joins the protocol core, the credential check and the database into `POST /api/oauth/revoke`. */
export function createRevocation(
  protocol: ProtocolDeps,
  { ports, revocationPurge }: Pick<M2mParts, "ports" | "revocationPurge">,
): Endpoint {
  return withRequestContext(
    createRevocationEndpoint({
      ...protocol,
      async revokeToken(revocation) {
        const isNew = await orOutage(() => ports.revokeToken(revocation));
        // Rows come from here alone, so it is here that old ones are looked for.
        revocationPurge.start();
        return isNew;
      },
      onTokenRevoked: reportTokenRevoked,
      onRevocationIgnored: reportRevocationIgnored,
      onRevocationRefused: reportRevocationRefused,
    }),
  );
}

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/introspect`. What it says of a
 * token is what the external API would decide at the same moment, by the same read and the same rules.
 */
export function createIntrospection(
  protocol: ProtocolDeps,
  { ports, findAuthority }: Pick<M2mParts, "ports" | "findAuthority">,
): Endpoint {
  return withRequestContext(
    createIntrospectionEndpoint({
      ...protocol,
      readLiveState: async (claims) =>
        decideAuthority(claims, await orOutage(() => findAuthority(claims)), ports.now()),
      onTokenIntrospected: reportTokenIntrospected,
      onIntrospectionRefused: reportIntrospectionRefused,
    }),
  );
}
