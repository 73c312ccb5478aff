import "server-only";

import { randomBytes } from "node:crypto";
import { storeActivity } from "@/lib/activity/store-activity";
import { type SyncPublishedKeys, syncPublishedKeys } from "@/lib/applications/authentication/sync-published-keys";
import type { Config } from "@/lib/env/config";
import { requestContext } from "@/lib/http/request-context";
import type { EmailAddress } from "@/lib/oauth/email-address";
import type { AuthenticatedClient, TokenRequestContext } from "@/lib/oauth/ports";
import { log } from "@/lib/observability/logger";
import type { StoredDelegationFacts } from "@/lib/people/delegation-columns";
import { resolvePerson } from "@/lib/people/resolve-person";
import { type UnexpectedHashReason, verifySecretHash } from "@/lib/secrets/password-hash";
import { revokeToken } from "@/lib/tokens/revoked-tokens";
import { countActivity } from "@/lib/usage/count-activity";
import { readAuthorities } from "./authority/read-authorities";
import { storeAssertionId } from "./client/assertion-register";
import { findClientKeySet } from "./client/client-keys";
import { readClientRecords } from "./client/client-record";
import { writeCredentialUse } from "./client/credential-use";
import { createJwksFetcher } from "./client/fetch-client-jwks";

/** Everything the machine API reaches outside itself. Each may fail, and none of them may thereby lead to a token. */
export type M2mPorts = ReturnType<typeof defaultPorts>;

/** The ports of production: the process-wide database, Argon2, the clock and the system's randomness. */
export function defaultPorts(config: Config) {
  return {
    readClients: readClientRecords,
    verifyHash: (phc: string, plain: string, { signal }: { signal: AbortSignal }) =>
      verifySecretHash(phc, plain, { signal, onUnexpectedHash: reportHash }),
    writeCredentialUse,
    findClientKeySet,
    fetchJwks: createJwksFetcher(),
    syncPublishedKeys: (set: SyncPublishedKeys) => {
      const { clientAddress: ip, requestId } = requestContext();
      return syncPublishedKeys({ actor: { kind: "system", ip, requestId }, now: () => new Date(), config }, set);
    },
    storeAssertionId,
    resolvePerson: (
      email: EmailAddress,
      { applicationId: id, allowedDomains: domains }: AuthenticatedClient,
      { clientAddress: ip, requestId }: TokenRequestContext,
      facts: StoredDelegationFacts,
    ) => resolvePerson({ actor: { kind: "application", id, ip, requestId }, config }, { email, domains, facts }),
    storeActivity,
    readAuthorities,
    revokeToken,
    countActivity: (now: Date): Promise<number | undefined> => countActivity(now),
    /** Runs `work` once, later, unless the process ends before. */
    schedule: (work: () => void, milliseconds: number): void => void setTimeout(work, milliseconds).unref(),
    now: () => new Date(),
    /** Milliseconds since some moment, for durations. */
    stopwatch: () => performance.now(),
    /** A `jti`: 160 random bits. */
    randomId: () => randomBytes(20).toString("base64url"),
  };
}

/** A stored value that we cannot have written: somebody else writes to the table, or it is damaged. */
function reportHash(reason: UnexpectedHashReason): void {
  log.error({ event: "unexpected_secret_hash", reason }, "A stored secret hash is not one of ours");
}
