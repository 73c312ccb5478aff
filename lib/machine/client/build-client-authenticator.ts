import "server-only";

import type { Config } from "@/lib/env/config";
import { createFailureLimits } from "@/lib/machine/limits/failure-limits";
import { createRequestQuota } from "@/lib/machine/limits/request-quota";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import type { M2mUsage } from "@/lib/machine/m2m-usage";
import { incrementCounter, setGauge } from "@/lib/observability/metrics";
import { createSecretFormat } from "@/lib/secrets/secret-format";
import { createSecretVerifier, type SecretVerifier } from "@/lib/secrets/secret-verifier";
import { createVerificationQueue } from "@/lib/secrets/verification-queue";
import { createVerifiedCredentialCache } from "@/lib/secrets/verified-credential-cache";
import type { AssertionRegister } from "./assertion-register";
import { type ClientAuthenticator, createClientAuthenticator } from "./authenticate-client";
import type { CredentialUseRecorder } from "./credential-use";
import type { ClientKeyReader } from "./published-keys";

/**
 * The one check of who a client is, for all its endpoints. They share what it keeps (verified secrets,
 * waiting checks, counted failures), so that guessing at one endpoint is counted at the others.
 */
export function buildClientAuthenticator(deps: {
  configuration: Config;
  ports: M2mPorts;
  uses: CredentialUseRecorder;
  readClientKeys: ClientKeyReader;
  assertions: AssertionRegister;
  usage: M2mUsage;
}): ClientAuthenticator {
  const { configuration, ports, uses, readClientKeys, assertions, usage } = deps;
  return createClientAuthenticator({
    readClient: ports.readClient,
    verifier: buildVerifier(configuration, ports),
    failures: createFailureLimits(),
    quota: createRequestQuota("client-tokens", configuration.tokenRequestsPerMinute),
    uses,
    issuer: configuration.tokenIssuer,
    readClientKeys,
    assertions,
    defaultTtlSeconds: configuration.tokenTtlSeconds,
    onClientRefused: usage.countClientRefused,
    now: ports.now,
  });
}

function buildVerifier(configuration: Config, ports: M2mPorts): SecretVerifier {
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
