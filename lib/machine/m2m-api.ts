import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import { type Config, config } from "@/lib/env/config";
import { errorPageOf } from "@/lib/http/error-page";
import { createAccessTokenVerifier } from "@/lib/oauth/access-token/access-token-verifier";
import { createJwksEndpoint, createMetadataEndpoint } from "@/lib/oauth/metadata";
import { log } from "@/lib/observability/logger";
import { routes } from "@/lib/routes";
import { createBearerAuthenticator } from "./authority/authenticate-bearer";
import { buildClientAuthenticator } from "./build-client-authenticator";
import { createIntrospection, createRevocation } from "./create-presented-token-endpoints";
import { createTokenEndpoints } from "./create-token-endpoints";
import { createRequestQuota } from "./limits/request-quota";
import { createM2mParts } from "./m2m-parts";
import type { M2mPorts } from "./m2m-ports";
import { createProtectedResourceEndpoint, PROTECTED_RESOURCE_PATH } from "./protected-resource";
import { nodeSignatures as signatures } from "./token/node-signatures";
import { whenEnabled } from "./when-enabled";
import type { Endpoint } from "./with-request-context";

/** The machine API with all it keeps between requests: keys, verified secrets, waiting checks, counted failures. */
export type M2mApi = ReturnType<typeof createM2mApi>;

/** Names the protection space in challenges (RFC 9110 §11.5). */
const REALM = "vestibule";

/**
 * Builds the machine API on a configuration. Two of them share nothing but the database, as two processes would.
 * `overrides` replace single ports, for tests. Throws TypeError for an issuer that RFC 8414 does not allow.
 */
export function createM2mApi(configuration: Config, overrides: Partial<M2mPorts> = {}) {
  const parts = createM2mParts(configuration, overrides);
  const { keyRing, activity, uses, readClientKeys, findAuthority } = parts;
  const { now } = parts.ports;
  const { publicUrl, tokenIssuer: issuer, tokenAudience: audience, externalApi } = configuration;
  const errorPage = errorPageOf(publicUrl);
  const documentation = `${publicUrl}${routes.developers.reference()}`;
  const tokenEndpoint = `${publicUrl}/api/oauth/token`;
  const authenticateClient = buildClientAuthenticator(parts);
  const protocol = {
    issuer,
    audience,
    tokenEndpoint,
    realm: REALM,
    errorPage,
    keyRing,
    signatures,
    authenticateClient,
    now,
  };
  const tokenEndpoints = createTokenEndpoints(protocol, parts);
  const served = (endpoint: Endpoint) => whenEnabled(externalApi.enabled, endpoint);
  return {
    config: configuration,
    /** False when the operator has switched the external API off: everything is 404. */
    isEnabled: externalApi.enabled,
    resource: { realm: REALM, resourceMetadata: `${publicUrl}${PROTECTED_RESOURCE_PATH}`, errorPage },
    tokenEndpoint: served(tokenEndpoints.tokenEndpoint),
    /** The same with the answers of La Suite Meet. */
    compatibleTokenEndpoint: served(tokenEndpoints.compatibleTokenEndpoint),
    revocationEndpoint: served(createRevocation(protocol, parts)),
    introspectionEndpoint: served(createIntrospection(protocol, parts)),
    jwksEndpoint: served(
      createJwksEndpoint({
        keyRing,
        errorPage,
        onError: (err) => log.error({ event: "signing_keys_unreadable", err }, "The signing keys could not be read"),
      }),
    ),
    metadataEndpoint: served(
      createMetadataEndpoint({
        issuer,
        tokenEndpoint,
        revocationEndpoint: `${publicUrl}/api/oauth/revoke`,
        introspectionEndpoint: `${publicUrl}/api/oauth/introspect`,
        jwksUri: `${publicUrl}/api/oauth/jwks`,
        supportedScopes: SCOPES,
        serviceDocumentation: documentation,
        errorPage,
      }),
    ),
    protectedResourceEndpoint: served(
      createProtectedResourceEndpoint({ resource: audience, issuer, documentation, errorPage }),
    ),
    authenticateBearer: createBearerAuthenticator({
      verifyAccessToken: createAccessTokenVerifier({ keyRing, signatures, issuer, audience, now }),
      findAuthority,
      now,
    }),
    activity,
    /** What each application may call in a minute. */
    externalQuota: createRequestQuota("client", externalApi.requestsPerMinute),
    /** The idempotency keys whose first call runs in this process. */
    runningKeys: new Set<string>(),
    now,
    /** Makes a signature with the key that signs now, as for a token. Rejects when that cannot be done. */
    async trySigning(): Promise<void> {
      const { current } = await keyRing();
      await signatures.sign(current, Buffer.from("is there a key that can sign"));
    },
    /** Resolves when nothing is written in the background any more. Call it before the database is closed. */
    async settled(): Promise<void> {
      const busy = [uses, readClientKeys, activity];
      await Promise.all(busy.map((part) => part.settled()));
    },
  };
}

// One per process, in every bundle; another configuration makes another one.
const KEY = Symbol.for("vestibule.m2m-api");
const shared = globalThis as { [KEY]?: { configuration: Config; api: M2mApi } };

/** Returns the machine API of this process, made at first use. Throws when the configuration is not loaded. */
export function m2mApi(): M2mApi {
  const configuration = config();
  if (shared[KEY]?.configuration !== configuration) {
    shared[KEY] = { configuration, api: createM2mApi(configuration) };
  }
  return shared[KEY].api;
}
