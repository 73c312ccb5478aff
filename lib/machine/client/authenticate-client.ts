import "server-only";

import type { FailureLimits } from "@/lib/machine/limits/failure-limits";
import type { RequestQuota } from "@/lib/machine/limits/request-quota";
import { toOutage } from "@/lib/machine/problems/database-outage";
import { verifyClientAssertion } from "@/lib/oauth/client/client-assertion";
import type { ClientAuthenticationMethod } from "@/lib/oauth/client/client-metadata";
import { isOAuthError, OAuthError } from "@/lib/oauth/oauth-error";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import type {
  AuthenticatedClient,
  ClientAuthenticationDeps,
  PresentedAssertion,
  PresentedSecret,
  TokenRequestContext,
} from "@/lib/oauth/ports";
import { type Rule, requireRules } from "@/lib/oauth/rule";
import type { SecretVerifier } from "@/lib/secrets/secret-verifier";
import { VerificationOverloadedError } from "@/lib/secrets/verification-queue";
import type { AssertionRegister } from "./assertion-register";
import { type ClientRecord, toAuthenticatedClient } from "./client-record";
import type { CredentialUseRecorder } from "./credential-use";
import type { ClientKeyReader } from "./published-keys";
import { findAnnouncedEnd } from "./secret-end";

/**
 * The context of a token request together with the signal that fires when its sender has gone, and the fields to add to
 * whatever the answer will be.
 */
export type M2mRequestContext = TokenRequestContext & { signal: AbortSignal; answerFields: Headers };

/** Has no keys: those of a client that is not there are read like any other's. */
const NO_APPLICATION = "00000000-0000-0000-0000-000000000000";

/** The check of who a client is, as the core calls it. */
export type ClientAuthenticator = ClientAuthenticationDeps<M2mRequestContext>["authenticateClient"];

export type ClientAuthenticatorDeps = {
  readClient(clientId: string, now: Date): Promise<ClientRecord | null>;
  verifier: SecretVerifier;
  failures: FailureLimits;
  quota: RequestQuota;
  uses: CredentialUseRecorder;
  issuer: string;
  readClientKeys: ClientKeyReader;
  assertions: Pick<AssertionRegister, "consume">;
  defaultTtlSeconds: number;
  onClientRefused(refusal: ClientRefusal): void;
  now(): Date;
};

/** A failed authentication in the name of `clientId`. */
export type ClientRefusal = {
  clientId: string;
  reason: OAuthReason;
  /** Whether the secret was made here for this client, live or not. Nobody else has one. */
  isProven: boolean;
  context: TokenRequestContext;
};

/**
 * Makes the check of who a client is, by secret or by signature. Every failure is the same `invalid_client`; where it
 * comes from is counted, and too many of them are answered with 429. Who proves to be genuine is never asked for those
 * counts: nobody can be locked out by a neighbour's guessing. It has a quota of its own instead.
 */
export function createClientAuthenticator(deps: ClientAuthenticatorDeps): ClientAuthenticator {
  return async function authenticateClient(credentials, context) {
    const { clientId } = credentials;
    const { clientAddress, answerFields } = context;
    let client: AuthenticatedClient;
    try {
      client =
        credentials.method === "private_key_jwt"
          ? await authenticateWithAssertion(credentials, context, deps)
          : await authenticateWithSecret(credentials, context, deps);
    } catch (thrown) {
      if (!isOAuthError(thrown) || thrown.code !== "invalid_client") throw toOutage(thrown);
      const isProven = credentials.method !== "private_key_jwt" && thrown.reason !== "bad_tag";
      deps.onClientRefused({ clientId, reason: thrown.reason, isProven, context });
      throw await deps.failures.refuse({ clientId, clientAddress, answerFields }, thrown);
    }
    await spendQuota(deps.quota, clientId, answerFields);
    return client;
  };
}

async function spendQuota(quota: RequestQuota, clientId: string, answerFields: Headers): Promise<void> {
  const { isAllowed, fields, resetSeconds } = await quota.spend(clientId);
  for (const [name, value] of fields) answerFields.set(name, value);
  if (isAllowed) return;
  throw new OAuthError("temporarily_unavailable", {
    status: 429,
    reason: "quota_exceeded",
    description: "Too many requests of this application. Use each token until it expires, and try again later.",
    retryAfterSeconds: resetSeconds,
  });
}

/**
 * Each step is cheaper than the next: the keyed tag (microseconds, no database), one read of the application, the memory
 * of verified secrets, and Argon2 last. A secret that was not made here for this client ends at the first step, so
 * nobody without a secret of ours can make the server work.
 */
async function authenticateWithSecret(
  credentials: PresentedSecret,
  context: M2mRequestContext,
  deps: ClientAuthenticatorDeps,
): Promise<AuthenticatedClient> {
  const { clientId, clientSecret, method } = credentials;
  const { clientAddress, signal } = context;
  if (!deps.verifier.checkTag(clientId, clientSecret)) throw invalidClient("bad_tag");
  const now = deps.now();
  const client = await deps.readClient(clientId, now);
  if (client === null) throw invalidClient("unknown_client");
  requireUsable(client, method);
  const secret = await findSecret(deps.verifier, client, { clientId, clientSecret, signal });
  if (secret === undefined) throw invalidClient("secret_not_live");

  const { applicationId } = client;
  deps.uses.record(
    { kind: "secret", applicationId, credentialId: secret.id, clientAddress, at: now },
    secret.lastUsedAt,
  );
  const proof = { clientId, method, credentialId: secret.id, secretEndsAt: findAnnouncedEnd(secret, now) };
  return toAuthenticatedClient(client, proof, deps.defaultTtlSeconds);
}

/**
 * The address first: one from which far too many fail costs nothing but a counter. Then the client and its keys are
 * read, of a client that is not there too, and the signature decides whether anything depends on what was found.
 */
async function authenticateWithAssertion(
  credentials: PresentedAssertion,
  context: M2mRequestContext,
  deps: ClientAuthenticatorDeps,
): Promise<AuthenticatedClient> {
  const { clientId, method } = credentials;
  await deps.failures.refuseFlood(context);
  const { client, key } = await verifyClientAssertion(credentials, {
    issuer: deps.issuer,
    now: deps.now,
    async readClient(_clientId, kid) {
      const client = await deps.readClient(clientId, deps.now());
      return { client, keys: await deps.readClientKeys(client?.applicationId ?? NO_APPLICATION, kid) };
    },
    requireAdmitted: (client) => requireUsable(client, method),
    consumeAssertionId: ({ applicationId }, use) => deps.assertions.consume({ applicationId, ...use }),
  });
  const proof = { clientId, method, credentialId: key.id, secretEndsAt: null };
  return toAuthenticatedClient(client, proof, deps.defaultTtlSeconds);
}

function requireUsable(client: ClientRecord, method: ClientAuthenticationMethod): void {
  requireRules([ACTIVE_RULE], client);
  if (!client.methods.includes(method)) throw invalidClient("method_not_allowed");
}

async function findSecret(
  verifier: SecretVerifier,
  client: ClientRecord,
  presented: { clientId: string; clientSecret: string; signal: AbortSignal },
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
    if (presented.signal.aborted) {
      throw new OAuthError("temporarily_unavailable", { reason: "client_gone", cause: thrown });
    }
    throw thrown;
  }
}

/** Asked of whoever holds a secret that was made here, or has signed with a key of the client. */
export const ACTIVE_RULE: Rule<"application", { isActive: boolean }> = {
  name: "application",
  holds: ({ isActive }) => isActive,
  refusal: () => invalidClient("inactive_client"),
};

function invalidClient(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_client", { reason });
}
