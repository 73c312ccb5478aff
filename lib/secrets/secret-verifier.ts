import { type SecretFormat, secretHint } from "./secret-format";
import type { VerificationQueue } from "./verification-queue";
import type { VerifiedCredentialCache } from "./verified-credential-cache";

/** Counters of the credential path: argon2_verify_total, secret_tag_reject_total, verified_cache_hit_total, argon2_queue_depth. */
export type SecretMetrics = {
  argon2Verified(result: "match" | "mismatch" | "error"): void;
  tagRejected(): void;
  cacheHit(kind: "positive" | "negative"): void;
  queueDepth(depth: number): void;
};

/** A live secret row of one application, as it stands in the database now. `hint`: what `secretHint` said at creation. */
type SecretCandidate = { id: string; hash: string; hint?: string | undefined };

/** The secret that was presented, and whether that was remembered: if not, it took as long as Argon2 and the queue do. */
export type SecretMatch = { id: string; isRemembered: boolean };

export type SecretVerifier = {
  /** First gate, before any database work: was this secret made here, for this client? Counts refusals. */
  checkTag(clientId: string, presented: string): boolean;
  /**
   * Finds which of an application's live secrets was presented. `candidates` must have been read in this request: that
   * is what makes a revocation immediate although results are remembered. Costs microseconds when the answer is
   * remembered, else one Argon2 run per candidate that may match: a candidate whose hint differs is not tried, so with
   * hints it is one run for a live secret and none for an ended one. Without an authentic tag it costs none, ever.
   * Rejects with `VerificationOverloadedError` when too much is waiting, or with the reason of `signal`.
   */
  verify(
    candidates: readonly SecretCandidate[],
    presented: string,
    context: { clientId: string; signal?: AbortSignal | undefined },
  ): Promise<SecretMatch | undefined>;
};

/** Joins tag, cache, queue and Argon2 (`verify`, which is `verifySecretHash` outside tests) into the credential check. */
export function createSecretVerifier(deps: {
  format: SecretFormat;
  cache: VerifiedCredentialCache;
  queue: VerificationQueue<boolean>;
  metrics: SecretMetrics;
  verify: (phc: string, plain: string, options: { signal: AbortSignal }) => Promise<boolean>;
}): SecretVerifier {
  const { format, cache, queue, metrics } = deps;

  function checkTag(clientId: string, presented: string): boolean {
    const isAuthentic = format.check(clientId, presented) === "authentic";
    if (!isAuthentic) metrics.tagRejected();
    return isAuthentic;
  }

  async function runArgon2(key: string, hash: string, presented: string, signal: AbortSignal): Promise<boolean> {
    try {
      const isMatch = await deps.verify(hash, presented, { signal });
      cache.set(key, isMatch);
      metrics.argon2Verified(isMatch ? "match" : "mismatch");
      return isMatch;
    } catch (error) {
      if (!signal.aborted) metrics.argon2Verified("error");
      throw error;
    }
  }

  async function isMatch(key: string, hash: string, presented: string, signal?: AbortSignal): Promise<boolean> {
    // Asked again, because another request may have learnt it while this one waited for an earlier candidate.
    const remembered = cache.get(key);
    if (remembered !== undefined) return remembered;
    const answer = queue.run(key, (taskSignal) => runArgon2(key, hash, presented, taskSignal), { signal });
    metrics.queueDepth(queue.depth());
    try {
      return await answer;
    } finally {
      metrics.queueDepth(queue.depth());
    }
  }

  return {
    checkTag,
    async verify(candidates, presented, { clientId, signal }) {
      signal?.throwIfAborted();
      const unknown: (SecretCandidate & { key: string })[] = [];
      for (const { id, hash, hint } of candidates) {
        const key = cache.key(hash, presented);
        const remembered = cache.get(key);
        if (remembered === true) {
          metrics.cacheHit("positive");
          return { id, isRemembered: true };
        }
        if (remembered === undefined) unknown.push({ id, hash, hint, key });
      }
      if (unknown.length === 0) {
        if (candidates.length > 0) metrics.cacheHit("negative");
        return undefined;
      }
      // Only what carries our tag may cost an Argon2 run or leave a negative entry: a stranger can fill neither.
      if (!checkTag(clientId, presented)) return undefined;
      const presentedHint = secretHint(presented);
      for (const { id, hash, hint = presentedHint, key } of unknown) {
        if (hint !== presentedHint) continue;
        if (await isMatch(key, hash, presented, signal)) return { id, isRemembered: false };
      }
      return undefined;
    },
  };
}
