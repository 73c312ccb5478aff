import "server-only";

import { KeyObject, type SignKeyObjectInput, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import type { Signatures } from "@/lib/oauth/jose/signatures";
import type { SigningAlgorithm, SigningKey } from "@/lib/oauth/jose/signing-key";

const signInThread = promisify(sign);

/** RFC 8032 hashes by itself. */
const HASHES: Readonly<Record<SigningAlgorithm, string | null>> = { ES256: "sha256", RS256: "sha256", Ed25519: null };

type KeyPair = { privateKey: SignKeyObjectInput; publicKey: SignKeyObjectInput };

// A key of the ring is made once and lives for as long as the ring does.
const pairs = new WeakMap<SigningKey, KeyPair>();

/**
 * Signatures by OpenSSL, in the thread that asks: the way to another thread and back costs more than an ES256 or Ed25519
 * signature, or than checking any. Making one with RSA takes milliseconds, so that alone is left to another thread.
 */
export const nodeSignatures: Signatures = {
  sign(key, input) {
    const { privateKey } = pairOf(key);
    return key.alg === "RS256"
      ? signInThread(HASHES.RS256, input, privateKey)
      : sign(HASHES[key.alg], input, privateKey);
  },
  verify(key, input, signature) {
    return verify(HASHES[key.alg], input, pairOf(key).publicKey, signature);
  },
  encode(value) {
    const bytes =
      typeof value === "string" ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.length);
    return bytes.toString("base64url");
  },
};

function pairOf(key: SigningKey): KeyPair {
  const known = pairs.get(key);
  if (known !== undefined) return known;
  const pair = { privateKey: inJoseForm(key.privateKey), publicKey: inJoseForm(key.publicKey) };
  pairs.set(key, pair);
  return pair;
}

/** RFC 7518 §3.4: the two numbers of an ES256 signature one after the other. Other algorithms have one form only. */
function inJoseForm(key: CryptoKey): SignKeyObjectInput {
  return { key: KeyObject.from(key), dsaEncoding: "ieee-p1363" };
}
