import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import { type Config, config } from "@/lib/env/config";
import { readSigningKeyFile, signingKeyFileVersion } from "@/lib/env/keys/signing-keys";
import { errorPageOf } from "@/lib/http/error-page";
import { createAccessTokenVerifier } from "@/lib/oauth/access-token/access-token-verifier";
import type { KeyRing } from "@/lib/oauth/jose/signing-key";
import { createJwksEndpoint, createMetadataEndpoint } from "@/lib/oauth/metadata";
import { log } from "@/lib/observability/logger";
import { routes } from "@/lib/routes";
import { type BearerAuthenticator, createBearerAuthenticator } from "./authority/authenticate-bearer";
import { createAssertionRegister } from "./client/assertion-register";
import { buildClientAuthenticator } from "./client/build-client-authenticator";
import { createCredentialUseRecorder } from "./client/credential-use";
import { createClientKeyReader } from "./client/published-keys";
import { createRequestQuota, type RequestQuota } from "./limits/request-quota";
import { defaultPorts, type M2mPorts } from "./m2m-ports";
import { createM2mUsage, type M2mUsage } from "./m2m-usage";
import { createPeriodicPurge, type PeriodicPurge } from "./periodic-purge";
import type { ProtectedResource } from "./problems/external-error";
import { createProtectedResourceEndpoint, PROTECTED_RESOURCE_PATH } from "./protected-resource";
import { createIntrospection } from "./token/create-introspection-endpoint";
import { createKeyRingSource } from "./token/create-key-ring-source";
import { createRevocation } from "./token/create-revocation-endpoint";
import { createTokenEndpoints } from "./token/create-token-endpoint";
import { whenEnabled } from "./when-enabled";

type Endpoint = (request: Request) => Promise<Response>;

/** The machine API with all it keeps between requests: keys, verified secrets, waiting checks, counted failures. */
export type M2mApi = {
  config: Config;
  /** False when the operator has switched the external API off: everything is 404. */
  isEnabled: boolean;
  resource: ProtectedResource;
  tokenEndpoint: Endpoint;
  /** The same with the answers of La Suite Meet. */
  compatibleTokenEndpoint: Endpoint;
  revocationEndpoint: Endpoint;
  introspectionEndpoint: Endpoint;
  jwksEndpoint: Endpoint;
  metadataEndpoint: Endpoint;
  protectedResourceEndpoint: Endpoint;
  authenticateBearer: BearerAuthenticator;
  usage: M2mUsage;
  /** What each application may call in a minute. */
  externalQuota: RequestQuota;
  /** The idempotency keys whose first call runs in this process. */
  runningKeys: Set<string>;
  /** Removes rooms that were deleted long ago. It goes along with what writes rooms. */
  roomPurge: PeriodicPurge;
  now(): Date;
  /** Resolves when nothing is written in the background any more. Call it before the database is closed. */
  settled(): Promise<void>;
};

/** Names the protection space in challenges (RFC 9110 §11.5). */
export const REALM = "vestibule";

/**
 * Builds the machine API on a configuration. Two of them share nothing but the database, as two processes would.
 * `overrides` replace single ports, for tests. Throws TypeError for an issuer that RFC 8414 does not allow.
 */
export function createM2mApi(configuration: Config, overrides: Partial<M2mPorts> = {}): M2mApi {
  const ports: M2mPorts = { ...defaultPorts(configuration), ...overrides };
  const { publicUrl, tokenIssuer: issuer, tokenAudience: audience } = configuration;
  const keyRing = createKeyRingSource({
    initial: configuration.tokenSigningKeys,
    file: configuration.tokenSigningKeysFile,
    readVersion: signingKeyFileVersion,
    readKeys: (file) => readSigningKeyFile(file, configuration.environment),
    onReloaded: reportReloadedKeys,
    onError: (err) => log.error({ event: "signing_keys_not_reloaded", err }, "The new signing keys cannot be used"),
    now: ports.now,
  });
  const tokenEndpoint = `${publicUrl}/api/oauth/token`;
  const uses = createCredentialUseRecorder({ write: ports.writeCredentialUse, onError: reportUnwrittenUse });
  const assertions = createAssertionRegister({
    store: ports.storeAssertionId,
    purge: ports.purgeExpiredAssertions,
    onError: reportFailedPurge,
    now: ports.now,
  });
  const readClientKeys = createClientKeyReader({ ...ports, onFetchFailed: reportFailedFetch });
  const revocationPurge = createPeriodicPurge({
    purge: ports.purgeRevokedTokens,
    onError: (err) => log.error({ event: "revoked_tokens_not_purged", err }, "Expired revocations were not deleted"),
    now: ports.now,
  });
  const roomPurge = createPeriodicPurge({
    purge: (now) => Promise.all([ports.purgeDeletedRooms(now), ports.purgeIdempotencyKeys(now)]),
    onError: (err) => log.error({ event: "rooms_not_purged", err }, "Deleted rooms and old keys were not removed"),
    now: ports.now,
  });
  const usage = createM2mUsage(ports);
  const authenticateClient = buildClientAuthenticator({
    configuration,
    ports,
    uses,
    readClientKeys,
    assertions,
    usage,
  });
  const errorPage = errorPageOf(publicUrl);
  const documentation = `${publicUrl}${routes.developers.reference()}`;
  const parts = { configuration, ports, keyRing, authenticateClient, realm: REALM, errorPage };
  const tokenParts = { ...parts, uses, readClientKeys, assertions, tokenEndpoint, usage };
  const tokenEndpoints = createTokenEndpoints(tokenParts);
  const isEnabled = configuration.externalApi.enabled;
  return {
    config: configuration,
    isEnabled,
    resource: { realm: REALM, resourceMetadata: `${publicUrl}${PROTECTED_RESOURCE_PATH}`, errorPage },
    tokenEndpoint: whenEnabled(isEnabled, tokenEndpoints.tokenEndpoint),
    compatibleTokenEndpoint: whenEnabled(isEnabled, tokenEndpoints.compatibleTokenEndpoint),
    revocationEndpoint: whenEnabled(isEnabled, createRevocation({ ...parts, purge: revocationPurge })),
    introspectionEndpoint: whenEnabled(isEnabled, createIntrospection(parts)),
    jwksEndpoint: whenEnabled(isEnabled, createJwksEndpoint({ keyRing, errorPage, onError: reportUnreadableKeys })),
    metadataEndpoint: whenEnabled(
      isEnabled,
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
    protectedResourceEndpoint: whenEnabled(
      isEnabled,
      createProtectedResourceEndpoint({
        resource: audience,
        issuer,
        supportedScopes: SCOPES,
        documentation,
        errorPage,
      }),
    ),
    authenticateBearer: createBearerAuthenticator({
      verifyAccessToken: createAccessTokenVerifier({ keyRing, issuer, audience, now: ports.now }),
      findAuthority: ports.findAuthority,
      onTokenDenied: usage.countTokenDenied,
      now: ports.now,
    }),
    usage,
    externalQuota: createRequestQuota("client", configuration.externalApi.requestsPerMinute),
    runningKeys: new Set(),
    roomPurge,
    now: ports.now,
    async settled() {
      const purges = [revocationPurge.settled(), roomPurge.settled()];
      await Promise.all([uses.settled(), assertions.settled(), usage.settled(), ...purges]);
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

function reportReloadedKeys(ring: KeyRing): void {
  log.info({ event: "signing_keys_reloaded", kids: [...ring.keys.keys()] }, "The signing keys were changed");
}

function reportUnwrittenUse(err: unknown): void {
  log.error({ event: "credential_use_not_written", err }, "The last use of a credential was not written");
}

function reportFailedPurge(err: unknown): void {
  log.error({ event: "assertions_not_purged", err }, "Expired assertions were not purged");
}

/** Their server, our log: it is what an operator looks at when a client says that its key is refused. */
function reportFailedFetch({ applicationId, error }: { applicationId: string; error: unknown }): void {
  log.warn(
    { event: "jwks_not_fetched", application_id: applicationId, err: error },
    "The keys that an application publishes could not be read",
  );
}

function reportUnreadableKeys(err: unknown): void {
  log.error({ event: "signing_keys_unreadable", err }, "The signing keys could not be read");
}
