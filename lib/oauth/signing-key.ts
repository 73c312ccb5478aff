import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import { decodeBase64Url } from "./base64";
import { type JsonObject, toJsonObject } from "./strict-json";

/** RFC 7518 §3.1 and RFC 9864 §2.2 identifiers; `Ed25519`, not the ambiguous `EdDSA`. */
export const SIGNING_ALGORITHMS = ["ES256", "RS256", "Ed25519"] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** A private JWK as it is kept in configuration. */
export type PrivateSigningJwk = JWK & { kid: string; alg: SigningAlgorithm; use: "sig" };

/** A JWK that holds nothing but what anybody may know. */
export type PublicSigningJwk = JWK & { kid: string; alg: SigningAlgorithm; use: "sig" };

/** A key pair that is bound to one algorithm (RFC 8725 §3.1). */
export type SigningKey = {
  kid: string;
  alg: SigningAlgorithm;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: PublicSigningJwk;
};

/** Newest key first: it signs. The others only verify, until the last token they signed has expired. */
export type KeyRing = { current: SigningKey; keys: ReadonlyMap<string, SigningKey> };

/** What is wrong with a configured key. The message names the place and the rule, never any key material. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
}

type KeyShape = {
  kty: string;
  crv?: string;
  publicMembers: readonly ("x" | "y" | "n" | "e")[];
  privateMembers: readonly ("d" | "p" | "q" | "dp" | "dq" | "qi")[];
};

const KEY_SHAPES: Record<SigningAlgorithm, KeyShape> = {
  ES256: { kty: "EC", crv: "P-256", publicMembers: ["x", "y"], privateMembers: ["d"] },
  RS256: { kty: "RSA", publicMembers: ["n", "e"], privateMembers: ["d", "p", "q", "dp", "dq", "qi"] },
  Ed25519: { kty: "OKP", crv: "Ed25519", publicMembers: ["x"], privateMembers: ["d"] },
};

const RSA_BITS_MIN = 2048;
// FIPS 186-5 §5.4 wants an exponent above 2^16; 65537 is the one every generator uses.
const RSA_EXPONENT = "AQAB";
const KID = /^[\x21\x23-\x5B\x5D-\x7E]{1,128}$/;

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
    const key = await importSigningKey(toJsonObject(member), place);
    if (keys.has(key.kid)) throw new SigningKeyError(`${place}: the kid is used by an earlier key.`);
    keys.set(key.kid, key);
  }
  const [current] = keys.values();
  if (current === undefined) throw new SigningKeyError("The set of signing keys is empty.");
  return { current, keys };
}

/** The public half of every key in the ring, newest first, as a JWK set to publish. */
export function publicJwks(ring: KeyRing): { keys: PublicSigningJwk[] } {
  return { keys: Array.from(ring.keys.values(), (key) => key.publicJwk) };
}

async function importSigningKey(jwk: JsonObject | undefined, place: string): Promise<SigningKey> {
  if (jwk === undefined) throw new SigningKeyError(`${place}: must be an object.`);
  const alg = requireAlgorithm(jwk, place);
  const shape = KEY_SHAPES[alg];
  requireShape(jwk, alg, shape, place);
  if (!jwk.has("d")) throw new SigningKeyError(`${place}: holds a public key only; a private key is needed to sign.`);

  // Built from the known members alone: whatever else was configured is neither used nor published.
  const publicMembers: JWK = { kty: shape.kty, ...(shape.crv === undefined ? {} : { crv: shape.crv }) };
  for (const name of shape.publicMembers) publicMembers[name] = requireMember(jwk, name, place);
  const privateMembers: JWK = { ...publicMembers };
  for (const name of shape.privateMembers) privateMembers[name] = requireMember(jwk, name, place);
  if (alg === "RS256") requireStrongRsa(publicMembers, place);

  const kid = await readKid(jwk, publicMembers, place);
  const privateKey = await importMembers(privateMembers, alg, place);
  const publicKey = await importMembers(publicMembers, alg, place);
  await requireMatchingHalves(privateKey, publicKey, alg, place);
  return { kid, alg, privateKey, publicKey, publicJwk: { ...publicMembers, kid, alg, use: "sig" } };
}

function requireAlgorithm(jwk: JsonObject, place: string): SigningAlgorithm {
  if (jwk.get("kty") === "oct" || jwk.has("k")) {
    throw new SigningKeyError(`${place}: is symmetric; whoever verifies could sign.`);
  }
  const alg = SIGNING_ALGORITHMS.find((known) => known === jwk.get("alg"));
  if (alg === undefined) throw new SigningKeyError(`${place}: alg must be one of ${SIGNING_ALGORITHMS.join(", ")}.`);
  return alg;
}

function requireShape(jwk: JsonObject, alg: SigningAlgorithm, shape: KeyShape, place: string): void {
  if (jwk.get("kty") !== shape.kty) throw new SigningKeyError(`${place}: kty must be ${shape.kty} for ${alg}.`);
  if (jwk.get("crv") !== shape.crv) {
    throw new SigningKeyError(`${place}: crv must be ${shape.crv ?? "absent"} for ${alg}.`);
  }
  if (jwk.has("use") && jwk.get("use") !== "sig") throw new SigningKeyError(`${place}: use must be sig.`);
  const operations = jwk.get("key_ops");
  if (jwk.has("key_ops") && !(Array.isArray(operations) && operations.includes("sign"))) {
    throw new SigningKeyError(`${place}: key_ops must include sign.`);
  }
}

function requireMember(jwk: JsonObject, name: string, place: string): string {
  const value = jwk.get(name);
  if (typeof value !== "string" || value === "" || decodeBase64Url(value) === undefined) {
    throw new SigningKeyError(`${place}: ${name} is missing or is not base64url.`);
  }
  return value;
}

function requireStrongRsa(jwk: JWK, place: string): void {
  const modulus = decodeBase64Url(jwk.n ?? "") ?? new Uint8Array();
  const firstByte = modulus[0] ?? 0;
  const bits = (modulus.byteLength - 1) * 8 + (32 - Math.clz32(firstByte));
  if (firstByte === 0 || bits < RSA_BITS_MIN) {
    throw new SigningKeyError(`${place}: the RSA modulus must have at least ${RSA_BITS_MIN} bits.`);
  }
  if (jwk.e !== RSA_EXPONENT) throw new SigningKeyError(`${place}: the RSA public exponent must be 65537.`);
}

async function readKid(jwk: JsonObject, publicMembers: JWK, place: string): Promise<string> {
  if (!jwk.has("kid")) return calculateJwkThumbprint(publicMembers);
  const kid = jwk.get("kid");
  if (typeof kid !== "string" || !KID.test(kid)) {
    throw new SigningKeyError(`${place}: kid must be 1 to 128 printable characters.`);
  }
  return kid;
}

// The library's error is not kept as cause: what it quotes is not ours to promise.
async function importMembers(members: JWK, alg: SigningAlgorithm, place: string): Promise<CryptoKey> {
  const key = await importJWK(members, alg).catch(() => undefined);
  if (key === undefined || key instanceof Uint8Array) {
    throw new SigningKeyError(`${place}: is not a valid ${alg} key.`);
  }
  return key;
}

/** A mixed-up pair would sign tokens that nobody can verify; better found at start than by the first client. */
async function requireMatchingHalves(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  alg: SigningAlgorithm,
  place: string,
): Promise<void> {
  try {
    const probe = await new CompactSign(new Uint8Array(1)).setProtectedHeader({ alg }).sign(privateKey);
    await compactVerify(probe, publicKey, { algorithms: [alg] });
  } catch {
    throw new SigningKeyError(`${place}: the private and public members do not belong together.`);
  }
}
