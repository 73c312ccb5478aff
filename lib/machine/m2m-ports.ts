import "server-only";

import { type SyncPublishedKeys, syncPublishedKeys } from "@/lib/applications/authentication/sync-published-keys";
import type { Config } from "@/lib/env/config";
import { requestContext } from "@/lib/http/request-context";
import { type AccessTokenClaims, createTokenId } from "@/lib/oauth/access-token/access-token";
import type { EmailAddress } from "@/lib/oauth/email-address";
import type { ClientPublicKey } from "@/lib/oauth/jose/client-key";
import type { AuthenticatedClient, TokenIssuedEvent, TokenRequestContext } from "@/lib/oauth/ports";
import type { TokenRevocation } from "@/lib/oauth/presented-token/revocation-endpoint";
import { log } from "@/lib/observability/logger";
import { resolvePerson } from "@/lib/people/resolve-person";
import { purgeDeletedRooms } from "@/lib/rooms/purge-deleted-rooms";
import type { UnexpectedHashReason } from "@/lib/secrets/password-hash";
import { verifySecretHash } from "@/lib/secrets/password-hash";
import { purgeRevokedTokens, revokeToken } from "@/lib/tokens/revoked-tokens";
import { purgeUsage } from "@/lib/usage/purge-usage";
import { pruneRefusals, storeUsage } from "@/lib/usage/store-usage";
import type { UsageBatch } from "@/lib/usage/usage-batch";
import { type Authority, findAuthority } from "./authority/authority";
import { type AssertionUse, purgeExpiredAssertions, storeAssertionId } from "./client/assertion-register";
import { type ClientKeySet, findClientKeySet } from "./client/client-keys";
import { type ClientRecord, findClientRecord } from "./client/client-record";
import { type CredentialUse, writeCredentialUse } from "./client/credential-use";
import { createJwksFetcher } from "./client/fetch-client-jwks";
import { purgeIdempotencyKeys } from "./external/idempotency";
import { auditTokenIssued } from "./token/token-events";

/** Everything the machine API reaches outside itself. Each may fail, and none of them may thereby lead to a token. */
export type M2mPorts = {
  readClient(clientId: string, now: Date): Promise<ClientRecord | null>;
  verifyHash(phc: string, plain: string, options: { signal: AbortSignal }): Promise<boolean>;
  writeCredentialUse(use: CredentialUse): Promise<void>;
  findClientKeySet(applicationId: string): Promise<ClientKeySet | null>;
  fetchJwks(jwksUri: string): Promise<readonly ClientPublicKey[]>;
  syncPublishedKeys(set: SyncPublishedKeys): Promise<void>;
  storeAssertionId(use: AssertionUse): Promise<boolean>;
  purgeExpiredAssertions(now: Date): Promise<number>;
  resolvePerson(
    email: EmailAddress,
    client: AuthenticatedClient,
    context: TokenRequestContext,
  ): Promise<{ id: string }>;
  auditTokenIssued(event: TokenIssuedEvent): Promise<void>;
  findAuthority(claims: AccessTokenClaims): Promise<Authority | null>;
  revokeToken(revocation: TokenRevocation): Promise<boolean>;
  purgeRevokedTokens(now: Date): Promise<number>;
  purgeDeletedRooms(now: Date): Promise<number>;
  purgeIdempotencyKeys(now: Date): Promise<number>;
  storeUsage(batch: UsageBatch): Promise<void>;
  pruneRefusals(batch: UsageBatch): Promise<void>;
  purgeUsage(now: Date): Promise<number>;
  /** Runs `work` once, later, unless the process ends before. */
  schedule(work: () => void, milliseconds: number): void;
  now(): Date;
  randomId(): string;
};

/** The ports of production: the process-wide database, Argon2, the clock and the system's randomness. */
export function defaultPorts(configuration: Config): M2mPorts {
  return {
    readClient: findClientRecord,
    verifyHash: (phc, plain, { signal }) => verifySecretHash(phc, plain, { signal, onUnexpectedHash: reportHash }),
    writeCredentialUse,
    findClientKeySet,
    fetchJwks: createJwksFetcher(),
    syncPublishedKeys: (set) => {
      const { clientAddress: ip, requestId } = requestContext();
      const actor = { kind: "system", ip, requestId } as const;
      return syncPublishedKeys({ actor, now: () => new Date(), config: configuration }, set);
    },
    storeAssertionId,
    purgeExpiredAssertions,
    resolvePerson: (email, client, { clientAddress: ip, requestId }) =>
      resolvePerson(
        { actor: { kind: "application", id: client.applicationId, ip, requestId }, config: configuration },
        { email, domains: client.allowedDomains },
      ),
    auditTokenIssued,
    findAuthority,
    revokeToken,
    purgeRevokedTokens,
    purgeDeletedRooms: (now) => purgeDeletedRooms(now, configuration.roomRetentionDays),
    purgeIdempotencyKeys,
    storeUsage,
    pruneRefusals,
    purgeUsage,
    schedule: (work, milliseconds) => void setTimeout(work, milliseconds).unref(),
    now: () => new Date(),
    randomId: createTokenId,
  };
}

/** A stored value that we cannot have written: somebody else writes to the table, or it is damaged. */
function reportHash(reason: UnexpectedHashReason): void {
  log.error({ event: "unexpected_secret_hash", reason }, "A stored secret hash is not one of ours");
}
