import "server-only";

import type { SyncPublishedKeys } from "@/lib/applications/authentication/sync-published-keys";
import type { ClientKey } from "@/lib/oauth/client/assertion";
import type { ClientPublicKey } from "@/lib/oauth/jose/client-key";
import { MINUTE_MS } from "@/lib/time";
import type { ClientKeySet } from "./client-keys";

/** A key that was withdrawn signs for this long at most. */
export const JWKS_MAX_AGE_MS = 5 * MINUTE_MS;
/** From this age on a set is read again beside a request that uses it: with traffic nobody waits for a reading. */
export const JWKS_RENEWAL_AGE_MS = JWKS_MAX_AGE_MS / 2;
/** How soon an unknown kid makes us look again: a rotation must work at once, a stranger must not make us knock. */
export const JWKS_REFETCH_INTERVAL_MS = 30_000;
/** How long a failure is taken for the answer. */
export const JWKS_FAILURE_MEMORY_MS = 15_000;

const FAILURES_MAX = 1_000;

export type ClientKeyReaderDeps = {
  findClientKeySet(applicationId: string): Promise<ClientKeySet | null>;
  fetchJwks(jwksUri: string): Promise<readonly ClientPublicKey[]>;
  syncPublishedKeys(set: SyncPublishedKeys): Promise<void>;
  /** Told why published keys could not be read. */
  onFetchFailed(failure: { applicationId: string; error: unknown }): void;
  now(): Date;
};

/**
 * Makes the reader of a client's keys. Registered keys are rows and that is all. Published keys become rows when they
 * are fetched, so that all instances see the same set and every key has an id that tokens can lean on. They are fetched
 * beside a request once the set is older than half of five minutes; a request waits for them when the set is older than
 * that, or when an assertion names a kid that it lacks; then at most every 30 seconds. One fetch at a time for each
 * application, and a failure is remembered for a while. A set that has become too old and cannot be read
 * counts as empty: whoever keeps us from reading must not keep a withdrawn key alive.
 */
export function createClientKeyReader(deps: ClientKeyReaderDeps) {
  const underWay = new Map<string, Promise<void>>();
  const failedAt = new Map<string, number>();

  async function fetchOnce(applicationId: string, jwksUri: string): Promise<void> {
    const place = `${applicationId} ${jwksUri}`;
    const fetchedAt = deps.now();
    if (fetchedAt.getTime() - (failedAt.get(place) ?? Number.NEGATIVE_INFINITY) < JWKS_FAILURE_MEMORY_MS) return;
    try {
      const keys = await deps.fetchJwks(jwksUri);
      failedAt.delete(place);
      await deps.syncPublishedKeys({ applicationId, jwksUri, fetchedAt, keys });
    } catch (error) {
      if (failedAt.size >= FAILURES_MAX) failedAt.clear();
      failedAt.set(place, fetchedAt.getTime());
      deps.onFetchFailed({ applicationId, error });
    }
  }

  function refresh(applicationId: string, jwksUri: string): Promise<void> {
    const running = underWay.get(applicationId);
    if (running !== undefined) return running;
    const fetching = fetchOnce(applicationId, jwksUri).finally(() => underWay.delete(applicationId));
    underWay.set(applicationId, fetching);
    return fetching;
  }

  async function readClientKeys(applicationId: string, kid: string | undefined): Promise<readonly ClientKey[]> {
    const set = await deps.findClientKeySet(applicationId);
    if (set === null) return [];
    if (set.jwksUri === null) return set.keys;
    if (!needsRefresh(set, kid, deps.now())) {
      // It reports its own failure and never rejects.
      if (ageOf(set, deps.now()) >= JWKS_RENEWAL_AGE_MS) void refresh(applicationId, set.jwksUri);
      return set.keys;
    }
    await refresh(applicationId, set.jwksUri);
    const latest = await deps.findClientKeySet(applicationId);
    return latest !== null && ageOf(latest, deps.now()) < JWKS_MAX_AGE_MS ? latest.keys : [];
  }

  return Object.assign(readClientKeys, {
    /** Resolves when nothing is being fetched any more. */
    async settled(): Promise<void> {
      await Promise.all(underWay.values());
    },
  });
}

export type ClientKeyReader = ReturnType<typeof createClientKeyReader>;

function needsRefresh(set: ClientKeySet, kid: string | undefined, now: Date): boolean {
  const age = ageOf(set, now);
  if (age >= JWKS_MAX_AGE_MS) return true;
  const isKnown = kid === undefined || set.keys.some(({ publicJwk }) => publicJwk.kid === kid);
  return !isKnown && age >= JWKS_REFETCH_INTERVAL_MS;
}

function ageOf({ fetchedAt }: ClientKeySet, now: Date): number {
  return fetchedAt === null ? Number.POSITIVE_INFINITY : now.getTime() - fetchedAt.getTime();
}
