import { calculateJwkThumbprint, importJWK, type JWK } from "jose";
import { decodeBase64Url } from "../http/base64";
import type { JsonObject } from "../http/strict-json";

/** RFC 7518 §3.1 and RFC 9864 §2.2 identifiers of what this server signs and keys are registered with. */
export const SIGNATURE_ALGORITHMS = ["ES256", "PS256", "RS256", "Ed25519"] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** What assertions may name as `alg`: RFC 9864 replaced `EdDSA`, but most libraries still write it for an Ed25519 key. */
export const ASSERTION_ALGORITHMS = [...SIGNATURE_ALGORITHMS, "EdDSA"] as const;

/** The present name of an algorithm. Of the curves that `EdDSA` stands for only Ed25519 is served here. */
export function presentAlgorithm(alg: unknown): unknown {
  return alg === "EdDSA" ? "Ed25519" : alg;
}

/** A JWK that holds nothing but what anybody may know. */
export type PublicJwk = JWK & { kid: string; alg: SignatureAlgorithm; use: "sig" };

/** What a JWK breaks, for programs. The message says the rule in English and never holds key material. */
export type JwkFault = "symmetric" | "private" | "algorithm" | "malformed" | "weak" | "kid";

export class JwkError extends Error {
  override readonly name = "JwkError";

  constructor(
    readonly fault: JwkFault,
    message: string,
  ) {
    super(message);
  }
}

type KeyShape = {
  kty: string;
  crv?: string;
  publicMembers: readonly ("x" | "y" | "n" | "e")[];
  privateMembers: readonly ("d" | "p" | "q" | "dp" | "dq" | "qi")[];
};

const RSA: KeyShape = {
  kty: "RSA",
  publicMembers: ["n", "e"],
  privateMembers: ["d", "p", "q", "dp", "dq", "qi"],
};

const KEY_SHAPES: Record<SignatureAlgorithm, KeyShape> = {
  ES256: { kty: "EC", crv: "P-256", publicMembers: ["x", "y"], privateMembers: ["d"] },
  PS256: RSA,
  RS256: RSA,
  Ed25519: { kty: "OKP", crv: "Ed25519", publicMembers: ["x"], privateMembers: ["d"] },
};

const RSA_BITS_MIN = 2048;
// The work of a verification grows with the square of the length, and clients choose theirs.
const RSA_BITS_MAX = 8192;
// FIPS 186-5 §5.4 wants an exponent above 2^16; 65537 is the one every generator uses.
const RSA_EXPONENT = "AQAB";
const KID = /^[\x21\x23-\x5B\x5D-\x7E]{1,128}$/;

/** Throws JwkError for a symmetric key: whoever verifies with one could sign. */
export function refuseSymmetricKey(jwk: JsonObject): void {
  if (jwk.get("kty") === "oct" || jwk.has("k")) {
    throw new JwkError("symmetric", "is symmetric; whoever verifies could sign.");
  }
}

/** The algorithm of the list that the key names. Throws JwkError: a key without one could be used with any of its type. */
export function requireAlgorithm<Algorithm extends SignatureAlgorithm>(
  alg: unknown,
  allowed: readonly Algorithm[],
): Algorithm {
  const found = allowed.find((known) => known === alg);
  if (found === undefined) throw new JwkError("algorithm", `alg must be one of ${allowed.join(", ")}.`);
  return found;
}

/** Throws JwkError unless type, curve and declared use fit the algorithm and the operation (RFC 7517 §4). */
export function requireShape(jwk: JsonObject, alg: SignatureAlgorithm, operation: "sign" | "verify"): void {
  const shape = KEY_SHAPES[alg];
  if (jwk.get("kty") !== shape.kty) throw new JwkError("algorithm", `kty must be ${shape.kty} for ${alg}.`);
  if (jwk.get("crv") !== shape.crv) {
    throw new JwkError("algorithm", `crv must be ${shape.crv ?? "absent"} for ${alg}.`);
  }
  if (jwk.has("use") && jwk.get("use") !== "sig") throw new JwkError("malformed", "use must be sig.");
  const operations = jwk.get("key_ops");
  if (jwk.has("key_ops") && !(Array.isArray(operations) && operations.includes(operation))) {
    throw new JwkError("malformed", `key_ops must include ${operation}.`);
  }
}

/**
 * The members that make up the public half, and nothing else: whatever else was written beside them is neither used nor
 * published. Throws JwkError for a missing member and for a weak RSA key.
 */
export function readPublicMembers(jwk: JsonObject, alg: SignatureAlgorithm): JWK {
  const { kty, crv, publicMembers } = KEY_SHAPES[alg];
  const members: JWK = { kty, ...(crv === undefined ? {} : { crv }) };
  for (const name of publicMembers) members[name] = requireMember(jwk, name);
  return members;
}

/** The members of the whole key. Throws JwkError for a missing one. */
export function readPrivateMembers(jwk: JsonObject, alg: SignatureAlgorithm): JWK {
  const members = readPublicMembers(jwk, alg);
  for (const name of KEY_SHAPES[alg].privateMembers) members[name] = requireMember(jwk, name);
  return members;
}

/** Throws JwkError for an RSA key outside 2048 to 8192 bits or with an unusual exponent; other types have one strength. */
export function requireStrongKey(jwk: JWK): void {
  if (jwk.kty !== "RSA") return;
  const modulus = decodeBase64Url(jwk.n ?? "") ?? new Uint8Array();
  const firstByte = modulus[0] ?? 0;
  const bits = (modulus.byteLength - 1) * 8 + (32 - Math.clz32(firstByte));
  if (firstByte === 0 || bits < RSA_BITS_MIN) {
    throw new JwkError("weak", `the RSA modulus must have at least ${RSA_BITS_MIN} bits.`);
  }
  if (bits > RSA_BITS_MAX) {
    throw new JwkError("malformed", `the RSA modulus must have at most ${RSA_BITS_MAX} bits.`);
  }
  if (jwk.e !== RSA_EXPONENT) throw new JwkError("weak", "the RSA public exponent must be 65537.");
}

/** The name of the key: its own, or its RFC 7638 thumbprint. Throws JwkError for one that no log line should hold. */
export async function readKid(jwk: JsonObject, publicMembers: JWK): Promise<string> {
  if (!jwk.has("kid")) return calculateJwkThumbprint(publicMembers);
  const kid = jwk.get("kid");
  if (!isKid(kid)) throw new JwkError("kid", "kid must be 1 to 128 printable characters.");
  return kid;
}

/** Whether `value` may name a key: 1 to 128 printable ASCII characters without space, quotation mark and backslash. */
function isKid(value: unknown): value is string {
  return typeof value === "string" && KID.test(value);
}

/** The members as a key. Throws JwkError without the library's error as cause: what that quotes is not ours to promise. */
export async function importMembers(members: JWK, alg: SignatureAlgorithm): Promise<CryptoKey> {
  const key = await importJWK(members, alg).catch(() => undefined);
  if (key === undefined || key instanceof Uint8Array) throw new JwkError("malformed", `is not a valid ${alg} key.`);
  return key;
}

function requireMember(jwk: JsonObject, name: string): string {
  const value = jwk.get(name);
  if (typeof value !== "string" || value === "" || decodeBase64Url(value) === undefined) {
    throw new JwkError("malformed", `${name} is missing or is not base64url.`);
  }
  return value;
}
