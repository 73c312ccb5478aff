import "server-only";

import { OAuthError } from "@/lib/oauth/oauth-error";
import type { TokenEndpointDeps, TokenRequestContext } from "@/lib/oauth/ports";
import type { SecretVerifier } from "@/lib/secrets/secret-verifier";
import { VerificationOverloadedError } from "@/lib/secrets/verification-queue";
import type { ClientRecord } from "./client-record";
import { toOutage } from "./database-outage";
import type { FailureLimits } from "./failure-limits";
import type { SecretUseRecorder } from "./secret-use";

/** The context of a token request together with the signal that fires when its sender has gone. */
export type MachineRequestContext = TokenRequestContext & { signal: AbortSignal };

export type ClientAuthenticatorDeps = {
  readClient(clientId: string, now: Date): Promise<ClientRecord | null>;
  verifier: SecretVerifier;
  failures: FailureLimits;
  uses: SecretUseRecorder;
  defaultTtlSeconds: number;
  now(): Date;
};

/**
 * Makes the check of a client's secret. Each step is cheaper than the next: the keyed tag (microseconds, no database),
 * one read of the application, the memory of verified secrets, and Argon2 last. A secret that was not made here for this
 * client ends at the first step, so nobody without a secret of ours can make the server work.
 *
 * Every failure is the same `invalid_client`; where it comes from is counted, and too many of them are answered with
 * 429. A valid secret is never asked for those counts: its holder cannot be locked out by a neighbour's guessing.
 */
export function createClientAuthenticator(deps: ClientAuthenticatorDeps): TokenEndpointDeps["authenticateClient"] {
  return async function authenticateClient({ clientId, clientSecret }, context) {
    const attempt = { clientId, clientAddress: context.clientAddress };
    if (!deps.verifier.checkTag(clientId, clientSecret)) throw await deps.failures.refuse(attempt, "bad_tag");

    const now = deps.now();
    const client = await readClient(deps, clientId, now);
    if (client === null) throw await deps.failures.refuse(attempt, "unknown_client");
    if (!client.isActive) throw await deps.failures.refuse(attempt, "inactive_client");
    const secret = await findSecret(deps.verifier, client, { clientId, clientSecret, signal: signalOf(context) });
    if (secret === undefined) throw await deps.failures.refuse(attempt, "secret_not_live");

    const use = {
      applicationId: client.applicationId,
      secretId: secret.id,
      clientAddress: context.clientAddress,
      at: now,
    };
    deps.uses.record(use, secret.lastUsedAt);
    return {
      clientId,
      applicationId: client.applicationId,
      credentialId: secret.id,
      credentialVersion: client.credentialVersion,
      scopes: client.scopes,
      allowedDomains: client.domains,
      accessTokenTtlSeconds: client.tokenTtlSeconds ?? deps.defaultTtlSeconds,
    };
  };
}

async function readClient(deps: ClientAuthenticatorDeps, clientId: string, now: Date): Promise<ClientRecord | null> {
  try {
    return await deps.readClient(clientId, now);
  } catch (thrown) {
    throw toOutage(thrown);
  }
}

async function findSecret(
  verifier: SecretVerifier,
  client: ClientRecord,
  presented: { clientId: string; clientSecret: string; signal: AbortSignal | undefined },
) {
  try {
    const { clientId, signal } = presented;
    const match = await verifier.verify(client.secrets, presented.clientSecret, { clientId, signal });
    return client.secrets.find((secret) => secret.id === match?.id);
  } catch (thrown) {
    if (thrown instanceof VerificationOverloadedError) {
      const { retryAfterSeconds } = thrown;
      throw new OAuthError("temporarily_unavailable", { reason: "verification_overloaded", retryAfterSeconds });
    }
    if (presented.signal?.aborted) {
      throw new OAuthError("temporarily_unavailable", { reason: "client_gone", cause: thrown });
    }
    throw thrown;
  }
}

function signalOf(context: TokenRequestContext): AbortSignal | undefined {
  return "signal" in context && context.signal instanceof AbortSignal ? context.signal : undefined;
}
