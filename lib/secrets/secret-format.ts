import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import { encodeBase62, randomBase62 } from "./base62";

const RANDOM_LENGTH = 43;
const TAG_LENGTH = 22;
const MASTER_KEY_BYTES_MIN = 32;
const TAG_CONTEXT = "vestibule-secret-v1";
const ANY_SECRET = /^[A-Za-z0-9_]{1,32}_[A-Za-z0-9]{44}_[A-Za-z0-9]{22}$/;

/** A key of the variable `MASTER_KEY`: `kid` is the one character by which a secret names it. */
export type MasterKey = { kid: string; key: Uint8Array };

/** What the shape and the keyed tag of a presented secret say about it, before any database or Argon2 work. */
type SecretCheck = "authentic" | "malformed" | "unknown_key" | "forged";

export type SecretFormat = {
  /** Makes a new secret for one client. It is the only copy: show it once, store its hash. */
  generate(clientId: string): string;
  /** Tells in microseconds whether a secret was made here, for this very client. Never throws. */
  check(clientId: string, presented: string): SecretCheck;
};

/**
 * The format of client secrets: `<prefix>_` + key id (1) + R (43 base62 characters, 256 bits) + `_` + T (22), where
 * `T = base62(HMAC-SHA-256(K_tag[kid], "vestibule-secret-v1" 0x00 clientId 0x00 R))`, cut to 22 characters (131 bits).
 * Nobody without the key can make a secret that passes `check`, so junk never reaches the database or Argon2. Every
 * character is unreserved, so that HTTP Basic's form encoding (RFC 6749 section 2.3.1) leaves a secret as it is.
 *
 * `masterKeys`: newest first, at least 32 bytes each; the first makes new secrets, the others keep older ones valid.
 * Throws `RangeError` on unusable settings; the message never contains key material.
 */
export function createSecretFormat(options: {
  prefix: string;
  masterKeys: readonly MasterKey[];
  randomBytes?: (size: number) => Uint8Array;
}): SecretFormat {
  const { prefix, masterKeys, randomBytes: random = randomBytes } = options;
  if (!/^[A-Za-z0-9_]{1,32}$/.test(prefix)) throw new RangeError("The secret prefix must be 1 to 32 of [A-Za-z0-9_].");
  const tagKeys = deriveTagKeys(masterKeys);
  const [newest] = tagKeys;
  if (newest === undefined) throw new RangeError("At least one master key is needed to make secrets.");
  const [newestKid, newestKey] = newest;
  const shape = new RegExp(`^${prefix}_[A-Za-z0-9]{${1 + RANDOM_LENGTH}}_[A-Za-z0-9]{${TAG_LENGTH}}$`);
  const kidAt = prefix.length + 1;

  return {
    generate(clientId) {
      const randomPart = randomBase62(RANDOM_LENGTH, random);
      return `${prefix}_${newestKid}${randomPart}_${computeTag(newestKey, clientId, randomPart)}`;
    },
    check(clientId, presented) {
      if (!shape.test(presented)) return "malformed";
      const tagKey = tagKeys.get(presented.charAt(kidAt));
      if (tagKey === undefined) return "unknown_key";
      const expected = computeTag(tagKey, clientId, presented.slice(kidAt + 1, -(TAG_LENGTH + 1)));
      const tag = presented.slice(-TAG_LENGTH);
      // Both are 22 ASCII characters: the pattern and the cut guarantee it, and `timingSafeEqual` demands it.
      return timingSafeEqual(Buffer.from(expected), Buffer.from(tag)) ? "authentic" : "forged";
    },
  };
}

/** The last 4 characters of the random part, by which people tell two secrets apart. Throws on anything not a secret. */
export function secretHint(secret: string): string {
  if (!ANY_SECRET.test(secret)) throw new RangeError("The value is not a client secret.");
  return secret.slice(-(TAG_LENGTH + 5), -(TAG_LENGTH + 1));
}

function deriveTagKeys(masterKeys: readonly MasterKey[]): Map<string, KeyObject> {
  const tagKeys = new Map<string, KeyObject>();
  for (const { kid, key } of masterKeys) {
    if (!/^[A-Za-z0-9]$/.test(kid)) throw new RangeError("A master key id must be one of [A-Za-z0-9].");
    if (tagKeys.has(kid)) throw new RangeError(`The master key id ${kid} is used twice.`);
    if (key.byteLength < MASTER_KEY_BYTES_MIN) {
      throw new RangeError(`The master key ${kid} must have at least ${MASTER_KEY_BYTES_MIN} bytes.`);
    }
    // RFC 5869: the info string keeps this key apart from anything else derived from the same master key.
    const tagKey = hkdfSync("sha256", key, new Uint8Array(0), `client-secret-tag/${kid}`, 32);
    tagKeys.set(kid, createSecretKey(new Uint8Array(tagKey)));
  }
  return tagKeys;
}

function computeTag(tagKey: KeyObject, clientId: string, randomPart: string): string {
  const digest = createHmac("sha256", tagKey).update(`${TAG_CONTEXT}\0${clientId}\0${randomPart}`).digest();
  return encodeBase62(digest).slice(0, TAG_LENGTH);
}
