import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { MINUTE_MS } from "@/lib/time";

const ENTRIES_MAX = 10_000;
const POSITIVE_TTL_MS = 10 * MINUTE_MS;
const NEGATIVE_TTL_MS = MINUTE_MS;

/** Remembers what Argon2 said about a pair (stored hash, presented secret), holding neither of them. */
export type VerifiedCredentialCache = {
  /** The entry's name: HMAC-SHA-256 under a key of this process. Another stored hash always gives another name. */
  key(phc: string, presented: string): string;
  /** `true` or `false` as remembered, `undefined` when unknown or expired. */
  get(key: string): boolean | undefined;
  set(key: string, isMatch: boolean): void;
  readonly size: number;
};

/**
 * A bounded memory of Argon2 results: least recently used out first, 10 minutes for a match, 60 seconds for a mismatch,
 * counted from the check itself and never prolonged by use. It needs no invalidation: an entry is found only through
 * the hash of a row that was read in this very request, so a rotated or deleted row can no longer reach it.
 *
 * `now`: epoch milliseconds. `processKey`: 32 random bytes that must not leave the process; made here unless given.
 */
export function createVerifiedCredentialCache(options: {
  now: () => number;
  processKey?: Uint8Array;
  entriesMax?: number;
  positiveTtlMs?: number;
  negativeTtlMs?: number;
}): VerifiedCredentialCache {
  const { now, entriesMax = ENTRIES_MAX, positiveTtlMs = POSITIVE_TTL_MS, negativeTtlMs = NEGATIVE_TTL_MS } = options;
  const processKey = createSecretKey(options.processKey ?? randomBytes(32));
  // A Map keeps insertion order: the first key is the least recently used one, because `get` re-inserts.
  const entries = new Map<string, { isMatch: boolean; expiresAt: number }>();

  return {
    key(phc, presented) {
      // A PHC string holds no NUL, so the first one separates the two without ambiguity.
      return createHmac("sha256", processKey).update(`${phc}\0${presented}`).digest("base64url");
    },
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.expiresAt <= now()) return undefined;
      entries.set(key, entry);
      return entry.isMatch;
    },
    set(key, isMatch) {
      entries.delete(key);
      entries.set(key, { isMatch, expiresAt: now() + (isMatch ? positiveTtlMs : negativeTtlMs) });
      if (entries.size <= entriesMax) return;
      const { value: oldest } = entries.keys().next();
      if (oldest !== undefined) entries.delete(oldest);
    },
    get size() {
      return entries.size;
    },
  };
}
