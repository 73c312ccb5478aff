import { calculateJwkThumbprint, exportJWK, importSPKI } from "jose";
import { type JsonObject, parseJsonObject, toJsonObject } from "../http/strict-json";
import {
  importMembers,
  JwkError,
  type PublicJwk,
  presentAlgorithm,
  readKid,
  readPublicMembers,
  refuseSymmetricKey,
  requireAlgorithm,
  requireShape,
  requireStrongKey,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
} from "./jwk";

/** A public key of a client, bound to one algorithm (RFC 8725 §3.1). */
export type ClientPublicKey = { publicJwk: PublicJwk /** RFC 7638, SHA-256. */; thumbprint: string };

/** RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2: members that only the holder of a private key has. */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth"] as const;

/** More than a 16384-bit RSA key with its whole certificate chain takes. */
const PUBLIC_KEY_LENGTH_MAX = 8192;

const PEM_PUBLIC_KEY = /^-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----$/;

/**
 * Reads one public JWK (RFC 7517 §4) of a client. Keeps the members that make up the key and drops the rest. Without
 * `alg` the key gets the one algorithm of its type: ES256, Ed25519, and RS256 for RSA; `EdDSA` is kept as Ed25519.
 * Without `kid` it gets its thumbprint. Throws JwkError for a private, symmetric, weak, malformed or unknown key; no
 * message shows key material.
 */
export async function readClientJwk(value: unknown): Promise<ClientPublicKey> {
  return readMembers(toJsonObject(value));
}

async function readMembers(jwk: JsonObject | undefined): Promise<ClientPublicKey> {
  if (jwk === undefined) throw new JwkError("malformed", "must be an object.");
  refuseSymmetricKey(jwk);
  if (PRIVATE_MEMBERS.some((name) => jwk.has(name))) {
    throw new JwkError("private", "holds private members; a private key must stay where it was made.");
  }
  const alg = requireAlgorithm(presentAlgorithm(jwk.get("alg")) ?? usualAlgorithm(jwk), SIGNATURE_ALGORITHMS);
  requireShape(jwk, alg, "verify");
  const members = readPublicMembers(jwk, alg);
  requireStrongKey(members);
  const kid = await readKid(jwk, members);
  await importMembers(members, alg);
  return { publicJwk: { ...members, kid, alg, use: "sig" }, thumbprint: await calculateJwkThumbprint(members) };
}

/** Reads what somebody pasted: a public JWK, or a public key as PEM (RFC 7468 §13). Throws JwkError as `readClientJwk`. */
export async function readClientKeyText(text: string): Promise<ClientPublicKey> {
  const trimmed = text.trim();
  if (trimmed.length > PUBLIC_KEY_LENGTH_MAX) throw new JwkError("malformed", "is too long.");
  if (!trimmed.startsWith("-----BEGIN ")) return readMembers(parseJsonObject(trimmed));
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(trimmed)) {
    throw new JwkError("private", "is a private key; it must stay where it was made.");
  }
  if (!PEM_PUBLIC_KEY.test(trimmed)) throw new JwkError("malformed", "must be one PUBLIC KEY block.");
  // A PEM block does not say what its key signs with; PS256 needs a JWK that says so.
  for (const alg of ["ES256", "Ed25519", "RS256"] as const) {
    const key = await importSPKI(trimmed, alg).catch(() => undefined);
    if (key !== undefined) return readClientJwk({ ...(await exportJWK(key)), alg });
  }
  throw new JwkError("algorithm", `must be a key for one of ${SIGNATURE_ALGORITHMS.join(", ")}.`);
}

function usualAlgorithm(jwk: JsonObject): SignatureAlgorithm | undefined {
  if (jwk.get("kty") === "RSA") return "RS256";
  if (jwk.get("crv") === "P-256") return "ES256";
  if (jwk.get("crv") === "Ed25519") return "Ed25519";
  return undefined;
}
