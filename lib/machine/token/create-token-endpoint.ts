import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import type { Config } from "@/lib/env/config";
import type { AssertionRegister } from "@/lib/machine/client/assertion-register";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import type { CredentialUse, CredentialUseRecorder } from "@/lib/machine/client/credential-use";
import type { ClientKeyReader } from "@/lib/machine/client/published-keys";
import { createCompatibleTokenEndpoint } from "@/lib/machine/compatibility/compatible-token-endpoint";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import type { M2mUsage } from "@/lib/machine/m2m-usage";
import { orOutage } from "@/lib/machine/problems/database-outage";
import { withRequestContext } from "@/lib/machine/with-request-context";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import type { KeyRing } from "@/lib/oauth/jose/signing-key";
import type { ClientAuthenticationDeps, TokenEndpointDeps, TokenIssuedEvent } from "@/lib/oauth/ports";
import { createTokenEndpoint } from "@/lib/oauth/token-endpoint/token-endpoint";
import { reportTokenIssued, reportTokenRefused } from "./token-events";

type Endpoint = (request: Request) => Promise<Response>;

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/token`, and into the same with the
 * answers of La Suite Meet.
 */
export function createTokenEndpoints(
  deps: ClientAuthenticationDeps<M2mRequestContext> & {
    configuration: Config;
    ports: M2mPorts;
    keyRing: () => Promise<KeyRing>;
    uses: CredentialUseRecorder;
    readClientKeys: ClientKeyReader;
    assertions: AssertionRegister;
    tokenEndpoint: string;
    usage: M2mUsage;
  },
): { tokenEndpoint: Endpoint; compatibleTokenEndpoint: Endpoint } {
  const { configuration, ports, keyRing, uses, readClientKeys, assertions, usage } = deps;
  const tokenDeps: TokenEndpointDeps<M2mRequestContext> = {
    issuer: configuration.tokenIssuer,
    tokenEndpoint: deps.tokenEndpoint,
    audience: configuration.tokenAudience,
    realm: deps.realm,
    errorPage: deps.errorPage,
    supportedScopes: SCOPES,
    keyRing,
    authenticateClient: deps.authenticateClient,
    readClientKeys: ({ applicationId }, kid) => orOutage(() => readClientKeys(applicationId, kid)),
    consumeAssertionId: (use) => orOutage(() => assertions.consume(use)),
    resolveSubject: (...subject) => orOutage(() => ports.resolvePerson(...subject)),
    async onTokenIssued(event) {
      await orOutage(() => ports.auditTokenIssued(event));
      reportTokenIssued(event);
      usage.countTokenIssued(event);
      // A secret's use was noted when it was verified. A key counts as used when something came of it.
      if (leansOnKey(event)) uses.record(toKeyUse(event, ports.now()), null);
    },
    onTokenRefused(event) {
      reportTokenRefused(event);
      usage.countTokenRefused(event);
    },
    now: ports.now,
    randomId: ports.randomId,
  };
  return {
    tokenEndpoint: withRequestContext(createTokenEndpoint(tokenDeps)),
    compatibleTokenEndpoint: withRequestContext(createCompatibleTokenEndpoint(tokenDeps)),
  };
}

function leansOnKey({ method, grantType }: TokenIssuedEvent): boolean {
  return method === "private_key_jwt" || grantType === JWT_BEARER_GRANT;
}

function toKeyUse({ applicationId, credentialId, context }: TokenIssuedEvent, at: Date): CredentialUse {
  return { kind: "key", applicationId, credentialId, clientAddress: context.clientAddress, at };
}
