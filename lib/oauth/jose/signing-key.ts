import { CompactSign, calculateJwkThumbprint, compactVerify, exportJWK, generateKeyPair, type JWK } from "jose";
import { type JsonObject, toJsonObject } from "../http/strict-json";
import {
  importMembers,
  JwkError,
  type PublicJwk,
  readKid,
  readPrivateMembers,
  readPublicMembers,
  refuseSymmetricKey,
  requireAlgorithm,
  requireShape,
  requireStrongKey,
} from "./jwk";

/** What our own keys may sign with. */
export const SIGNING_ALGORITHMS = ["ES256", "RS256", "Ed25519"] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** A private JWK as it is kept in configuration. */
export type PrivateSigningJwk = JWK & { kid: string; alg: SigningAlgorithm; use: "sig" };

export type PublicSigningJwk = PublicJwk & { alg: SigningAlgorithm };

/** A key pair that is bound to one algorithm (RFC 8725 §3.1). */
export type SigningKey = {
  kid: string;
  alg: SigningAlgorithm;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: PublicSigningJwk;
  /** Epoch seconds from which on it may sign; 0 when it always may. */
  signsFrom: number;
};

/**
 * Newest key first. `current` signs: the newest one, unless `keyRingAt` was asked. The others only verify, until the
 * last token they signed has expired.
 */
export type KeyRing = { current: SigningKey; keys: ReadonlyMap<string, SigningKey> };

/** Member of a configured key, epoch seconds: published from the start, it signs from then on. Ours, and never published. */
export const SIGNS_FROM = "vst_signs_from";

/** What is wrong with a configured key. The message names the place and the rule, never any key material. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
}

/**
 * Makes a private signing key whose `kid` is its RFC 7638 thumbprint. ES256 unless told otherwise; RS256 has 3072 bits.
 */
export async function generateSigningKey(options: { alg?: SigningAlgorithm } = {}): Promise<PrivateSigningJwk> {
  const alg = options.alg ?? "ES256";
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 3072 });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: "sig" };
}

/**
 * Imports a private JWK set (RFC 7517 §5), newest key first. Throws SigningKeyError for an empty set and for any key
 * that is symmetric, public-only, weak, inconsistent, named twice or of another algorithm than ES256, RS256 or Ed25519.
 * A key without `kid` gets its thumbprint.
 */
export async function importKeyRing(jwkSet: unknown): Promise<KeyRing> {
  const members = toJsonObject(jwkSet)?.get("keys");
  if (!Array.isArray(members)) throw new SigningKeyError("The signing keys must be a JWK set with a keys array.");
  const keys = new Map<string, SigningKey>();
  for (const [index, member] of members.entries()) {
    const place = `keys[${index}]`;
    const key = await importSigningKey(toJsonObject(member)).catch((error: unknown) => {
      throw error instanceof JwkError ? new SigningKeyError(`${place}: ${error.message}`) : error;
    });
    if (keys.has(key.kid)) throw new SigningKeyError(`${place}: the kid is used by an earlier key.`);
    keys.set(key.kid, key);
  }
  const [current] = keys.values();
  if (current === undefined) throw new SigningKeyError("The set of signing keys is empty.");
  return { current, keys };
}

/**
 * The ring as it is at `now`: the newest key whose time to sign has come is `current`. When that of none has, which
 * takes a clock that went back, the oldest key signs, because it is the one that every verifier knows.
 */
export function keyRingAt(ring: KeyRing, now: Date): KeyRing {
  const keys = [...ring.keys.values()];
  const current = keys.find((key) => key.signsFrom * 1000 <= now.getTime()) ?? keys.at(-1) ?? ring.current;
  return { current, keys: ring.keys };
}

/** The public half of every key in the ring, newest first, as a JWK set to publish. */
export function publicJwks(ring: KeyRing): { keys: PublicSigningJwk[] } {
  return { keys: Array.from(ring.keys.values(), (key) => key.publicJwk) };
}

async function importSigningKey(jwk: JsonObject | undefined): Promise<SigningKey> {
  if (jwk === undefined) throw new JwkError("malformed", "must be an object.");
  refuseSymmetricKey(jwk);
  const alg = requireAlgorithm(jwk.get("alg"), SIGNING_ALGORITHMS);
  requireShape(jwk, alg, "sign");
  if (!jwk.has("d")) throw new JwkError("malformed", "holds a public key only; a private key is needed to sign.");

  const publicMembers = readPublicMembers(jwk, alg);
  const privateMembers = readPrivateMembers(jwk, alg);
  requireStrongKey(publicMembers);

  const kid = await readKid(jwk, publicMembers);
  const privateKey = await importMembers(privateMembers, alg);
  const publicKey = await importMembers(publicMembers, alg);
  await requireMatchingHalves(privateKey, publicKey, alg);
  const publicJwk: PublicSigningJwk = { ...publicMembers, kid, alg, use: "sig" };
  return { kid, alg, privateKey, publicKey, publicJwk, signsFrom: readSignsFrom(jwk) };
}

function readSignsFrom(jwk: JsonObject): number {
  if (!jwk.has(SIGNS_FROM)) return 0;
  const signsFrom = jwk.get(SIGNS_FROM);
  if (typeof signsFrom !== "number" || !Number.isSafeInteger(signsFrom) || signsFrom < 0) {
    throw new JwkError("malformed", `${SIGNS_FROM} must be a time in whole seconds.`);
  }
  return signsFrom;
}

/** A mixed-up pair would sign tokens that nobody can verify; better found at start than by the first client. */
async function requireMatchingHalves(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  alg: SigningAlgorithm,
): Promise<void> {
  try {
    const probe = await new CompactSign(new Uint8Array(1)).setProtectedHeader({ alg }).sign(privateKey);
    await compactVerify(probe, publicKey, { algorithms: [alg] });
  } catch {
    throw new JwkError("malformed", "the private and public members do not belong together.");
  }
}
