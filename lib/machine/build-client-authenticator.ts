import "server-only";

import { type ClientAuthenticator, createClientAuthenticator } from "@/lib/machine/client/authenticate-client";
import { createFailureLimits } from "@/lib/machine/limits/failure-limits";
import { createRequestQuota } from "@/lib/machine/limits/request-quota";
import { incrementCounter, setGauge } from "@/lib/observability/metrics/metrics";
import { createSecretFormat } from "@/lib/secrets/secret-format";
import { createSecretVerifier, type SecretVerifier } from "@/lib/secrets/secret-verifier";
import { createVerificationQueue } from "@/lib/secrets/verification-queue";
import { createVerifiedCredentialCache } from "@/lib/secrets/verified-credential-cache";
import type { M2mParts } from "./m2m-parts";

/**
 * The one check of who a client is, for all its endpoints. They share what it keeps (verified secrets,
 * waiting checks, counted failures), so that guessing at one endpoint is counted at the others.
 */
export function buildClientAuthenticator(parts: M2mParts): ClientAuthenticator {
  const { configuration, ports } = parts;
  return createClientAuthenticator({
    ...parts,
    verifier: buildVerifier(parts),
    failures: createFailureLimits(),
    quota: createRequestQuota("client-tokens", configuration.tokenRequestsPerMinute),
    issuer: configuration.tokenIssuer,
    storeAssertionId: ports.storeAssertionId,
    defaultTtlSeconds: configuration.tokenTtlSeconds,
    now: ports.now,
  });
}

function buildVerifier({ configuration, ports }: M2mParts): SecretVerifier {
  setGauge("vestibule_argon2_queue_depth", 0);
  return createSecretVerifier({
    format: createSecretFormat({ prefix: configuration.secretPrefix, masterKeys: configuration.masterKeys }),
    cache: createVerifiedCredentialCache({ now: () => ports.now().getTime() }),
    queue: createVerificationQueue<boolean>(),
    metrics: {
      argon2Verified: (result) => incrementCounter("vestibule_argon2_verify_total", { result }),
      tagRejected: () => incrementCounter("vestibule_secret_tag_reject_total"),
      cacheHit: (kind) => incrementCounter("vestibule_verified_cache_hit_total", { kind }),
      queueDepth: (depth) => setGauge("vestibule_argon2_queue_depth", depth),
    },
    verify: ports.verifyHash,
  });
}
