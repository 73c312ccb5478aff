import "server-only";

import type { GroupReader } from "@/lib/db/group-read/create-group-reader";
import type { FailureLimits } from "@/lib/machine/limits/failure-limits";
import type { RequestQuota } from "@/lib/machine/limits/request-quota";
import { toOutage } from "@/lib/machine/problems/database-outage";
import { verifyClientAssertion } from "@/lib/oauth/client/client-assertion";
import type { ClientAuthenticationMethod } from "@/lib/oauth/client/client-metadata";
import type { EmailAddress } from "@/lib/oauth/email-address";
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
import type { SecretMatch, SecretVerifier } from "@/lib/secrets/secret-verifier";
import { VerificationOverloadedError } from "@/lib/secrets/verification-queue";
import type { AssertionUse } from "./assertion-register";
import { type ClientQuestion, type ClientRecord, type KnownSubject, toAuthenticatedClient } from "./client-record";
import type { CredentialUseRecorder } from "./credential-use";
import type { ClientKeyReader } from "./published-keys";
import { findAnnouncedEnd } from "./secret-end";

/**
 * The context of a token request together with the signal that fires when its sender has gone, and the fields to add to
 * whatever the answer will be.
 */
export type M2mRequestContext = TokenRequestContext & { signal: AbortSignal; answerFields: Record<string, string> };

/** A client that has proved who it is, and what was read in the same moment of the person it names. */
export type M2mClient = AuthenticatedClient & {
  /** Null when nothing was read of a person, or when that may have changed since. */
  subject: KnownSubject | null;
};

/** Has no keys: those of a client that is not there are read like any other's. */
const NO_APPLICATION = "00000000-0000-0000-0000-000000000000";

/** Reads a client as it is now, together with others who ask in the same moment. */
export type ClientReader = GroupReader<ClientQuestion, ClientRecord | null>;

/** The check of who a client is, as the core calls it. */
export type ClientAuthenticator = ClientAuthenticationDeps<M2mRequestContext, M2mClient>["authenticateClient"];

export type ClientAuthenticatorDeps = {
  readClient: ClientReader;
  verifier: SecretVerifier;
  failures: FailureLimits;
  quota: RequestQuota;
  uses: CredentialUseRecorder;
  issuer: string;
  readClientKeys: ClientKeyReader;
  storeAssertionId(use: AssertionUse): Promise<boolean>;
  defaultTtlSeconds: number;
  now(): Date;
};

/**
 * Makes the check of who a client is, by secret or by signature. Every failure is the same `invalid_client`; where it
 * comes from is counted, and too many of them are answered with 429. Who proves to be genuine is never asked for those
 * counts: nobody can be locked out by a neighbour's guessing. It has a quota of its own instead.
 */
export function createClientAuthenticator(deps: ClientAuthenticatorDeps): ClientAuthenticator {
  return async function authenticateClient(credentials, context, named) {
    const { clientId } = credentials;
    const { clientAddress, answerFields } = context;
    let client: M2mClient;
    try {
      client =
        credentials.method === "private_key_jwt"
          ? await authenticateWithAssertion(credentials, context, deps)
          : await authenticateWithSecret(credentials, named, context, deps);
    } catch (thrown) {
      if (!isOAuthError(thrown) || thrown.code !== "invalid_client") throw toOutage(thrown);
      throw await deps.failures.refuse({ clientId, clientAddress, answerFields }, thrown);
    }
    await spendQuota(deps.quota, clientId, answerFields);
    return client;
  };
}

async function spendQuota(quota: RequestQuota, clientId: string, answerFields: Record<string, string>): Promise<void> {
  const { isAllowed, fields, resetSeconds } = await quota.spend(clientId);
  for (const [name, value] of fields) answerFields[name] = value;
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
 *
 * The read brings what is known of the person whom the request names. Nothing of it is looked at here; it is used after
 * the client was let in, and it is as true as if it had been read then: a read that begins after the request has come
 * sees all that was decided before it. Argon2 and the wait for it take from milliseconds to seconds. What was read
 * before is then not relied on: application, secret and person are read again, and judged by that.
 */
async function authenticateWithSecret(
  credentials: PresentedSecret,
  named: EmailAddress | undefined,
  context: M2mRequestContext,
  deps: ClientAuthenticatorDeps,
): Promise<M2mClient> {
  const { clientId, clientSecret, method } = credentials;
  const { clientAddress, signal } = context;
  const read = async () => {
    const client = await orGone(signal, () =>
      deps.readClient({ clientId, subject: named?.address ?? null }, { signal }),
    );
    if (client === null) throw invalidClient("unknown_client");
    requireUsable(client, method);
    return client;
  };
  if (!deps.verifier.checkTag(clientId, clientSecret)) throw invalidClient("bad_tag");
  const found = await read();
  const match = await findSecret(deps.verifier, found, { clientId, clientSecret, signal });
  if (match === undefined) throw invalidClient("secret_not_live");
  const client = match.isRemembered ? found : await read();
  const secret = client.secrets.find(({ id }) => id === match.id);
  if (secret === undefined) throw invalidClient("secret_not_live");

  const { applicationId, readAt: at, subject } = client;
  deps.uses.record({ kind: "secret", applicationId, credentialId: secret.id, clientAddress, at }, secret.lastUsedAt);
  const proof = { clientId, method, credentialId: secret.id, secretEndsAt: findAnnouncedEnd(secret, at) };
  return { ...toAuthenticatedClient(client, proof, deps.defaultTtlSeconds), subject };
}

/**
 * The address first: one from which far too many fail costs nothing but a counter. Then the client and its keys are
 * read, of a client that is not there too, and the signature decides whether anything depends on what was found. The
 * person is not read along with them: keys may have to be fetched from far away before it is known who asks.
 */
async function authenticateWithAssertion(
  credentials: PresentedAssertion,
  context: M2mRequestContext,
  deps: ClientAuthenticatorDeps,
): Promise<M2mClient> {
  const { clientId, method } = credentials;
  const { signal } = context;
  await deps.failures.refuseFlood(context);
  const { client, key } = await verifyClientAssertion(credentials, {
    issuer: deps.issuer,
    now: deps.now,
    async readClient(_clientId, kid) {
      const client = await orGone(signal, () => deps.readClient({ clientId, subject: null }, { signal }));
      return { client, keys: await deps.readClientKeys(client?.applicationId ?? NO_APPLICATION, kid) };
    },
    requireAdmitted: (client) => requireUsable(client, method),
    consumeAssertionId: ({ applicationId }, use) => deps.storeAssertionId({ applicationId, ...use }),
  });
  const proof = { clientId, method, credentialId: key.id, secretEndsAt: null };
  return { ...toAuthenticatedClient(client, proof, deps.defaultTtlSeconds), subject: null };
}

function requireUsable(client: ClientRecord, method: ClientAuthenticationMethod): void {
  requireRules([ACTIVE_RULE], client);
  if (!client.methods.includes(method)) throw invalidClient("method_not_allowed");
}

async function findSecret(
  verifier: SecretVerifier,
  client: ClientRecord,
  { clientId, clientSecret, signal }: { clientId: string; clientSecret: string; signal: AbortSignal },
): Promise<SecretMatch | undefined> {
  try {
    return await orGone(signal, () => verifier.verify(client.secrets, clientSecret, { clientId, signal }));
  } catch (thrown) {
    if (!(thrown instanceof VerificationOverloadedError)) throw thrown;
    const { retryAfterSeconds } = thrown;
    throw new OAuthError("temporarily_unavailable", { reason: "verification_overloaded", retryAfterSeconds });
  }
}

/** Runs what a caller who leaves puts an end to: that is no fault of ours. */
async function orGone<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!signal.aborted || thrown instanceof VerificationOverloadedError) throw thrown;
    throw new OAuthError("temporarily_unavailable", { reason: "client_gone", cause: thrown });
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
