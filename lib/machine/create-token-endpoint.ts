import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import type { Config } from "@/lib/env/config";
import { exhaustedRateLimitHeaders } from "@/lib/http/rate-limiter";
import { requestContext } from "@/lib/http/request-context";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client-metadata";
import type { TokenEndpointDeps, TokenIssuedEvent } from "@/lib/oauth/ports";
import type { KeyRing } from "@/lib/oauth/signing-key";
import { createTokenEndpoint } from "@/lib/oauth/token-endpoint";
import { incrementCounter, setGauge } from "@/lib/observability/metrics";
import { createSecretFormat } from "@/lib/secrets/secret-format";
import { createSecretVerifier, type SecretVerifier } from "@/lib/secrets/secret-verifier";
import { createVerificationQueue } from "@/lib/secrets/verification-queue";
import { createVerifiedCredentialCache } from "@/lib/secrets/verified-credential-cache";
import type { AssertionRegister } from "./assertion-register";
import { createClientAuthenticator, type MachineRequestContext } from "./authenticate-client";
import type { CredentialUse, CredentialUseRecorder } from "./credential-use";
import { toOutage } from "./database-outage";
import { CLIENT_FAILURES, createFailureLimits } from "./failure-limits";
import type { MachinePorts } from "./machine-ports";
import type { ClientKeyReader } from "./published-keys";
import { reportTokenIssued, reportTokenRefused } from "./token-events";

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/token`. What it keeps between
 * requests (verified secrets, waiting checks, counted failures) belongs to the returned function.
 */
export function createMachineTokenEndpoint(deps: {
  configuration: Config;
  ports: MachinePorts;
  keyRing: () => Promise<KeyRing>;
  uses: CredentialUseRecorder;
  readClientKeys: ClientKeyReader;
  assertions: AssertionRegister;
  tokenEndpoint: string;
  realm: string;
}): (request: Request) => Promise<Response> {
  const endpoint = createTokenEndpoint(tokenEndpointPorts(deps));

  return async function tokenEndpoint(request) {
    const { clientAddress, requestId } = requestContext();
    const context: MachineRequestContext = { clientAddress, requestId, signal: request.signal };
    const response = await endpoint(request, context);
    return response.status === 429 ? withRateLimitFields(response) : response;
  };
}

function tokenEndpointPorts(deps: Parameters<typeof createMachineTokenEndpoint>[0]): TokenEndpointDeps {
  const { configuration, ports, keyRing, uses, readClientKeys, assertions, tokenEndpoint, realm } = deps;
  const { tokenIssuer: issuer } = configuration;
  return {
    issuer,
    tokenEndpoint,
    audience: configuration.tokenAudience,
    realm,
    supportedScopes: SCOPES,
    keyRing,
    authenticateClient: createClientAuthenticator({
      readClient: ports.readClient,
      verifier: createVerifier(configuration, ports),
      failures: createFailureLimits(),
      uses,
      issuer,
      readClientKeys,
      assertions,
      defaultTtlSeconds: configuration.tokenTtlSeconds,
      now: ports.now,
    }),
    readClientKeys: ({ applicationId }, kid) => orOutage(() => readClientKeys(applicationId, kid)),
    consumeAssertionId: (use) => orOutage(() => assertions.consume(use)),
    resolveSubject: (...subject) => orOutage(() => ports.resolvePerson(...subject)),
    async onTokenIssued(event) {
      await orOutage(() => ports.auditTokenIssued(event));
      reportTokenIssued(event);
      // A secret's use was noted when it was verified. A key counts as used when something came of it.
      if (leansOnKey(event)) uses.record(toKeyUse(event, ports.now()), null);
    },
    onTokenRefused: reportTokenRefused,
    now: ports.now,
    randomId: ports.randomId,
  };
}

function leansOnKey({ method, grantType }: TokenIssuedEvent): boolean {
  return method === "private_key_jwt" || grantType === JWT_BEARER_GRANT;
}

function toKeyUse({ applicationId, credentialId, context }: TokenIssuedEvent, at: Date): CredentialUse {
  return { kind: "key", applicationId, credentialId, clientAddress: context.clientAddress, at };
}

function createVerifier(configuration: Config, ports: MachinePorts): SecretVerifier {
  return createSecretVerifier({
    format: createSecretFormat({ prefix: configuration.secretPrefix, masterKeys: configuration.masterKeys }),
    cache: createVerifiedCredentialCache({ now: () => ports.now().getTime() }),
    queue: createVerificationQueue<boolean>(),
    metrics: {
      argon2Verified: (result) => incrementCounter("argon2_verify_total", { result }),
      tagRejected: () => incrementCounter("secret_tag_reject_total"),
      cacheHit: (kind) => incrementCounter("verified_cache_hit_total", { kind }),
      queueDepth: (depth) => setGauge("argon2_queue_depth", depth),
    },
    verify: ports.verifyHash,
  });
}

async function orOutage<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw toOutage(thrown);
  }
}

function withRateLimitFields(response: Response): Response {
  const retryAfterSeconds = Number(response.headers.get("Retry-After"));
  for (const [name, value] of Object.entries(exhaustedRateLimitHeaders(CLIENT_FAILURES, retryAfterSeconds))) {
    response.headers.set(name, value);
  }
  return response;
}
