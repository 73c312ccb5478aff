import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CompactSign, importJWK, type JWK } from "jose";
import { claimsOf, headerOf } from "./oauth-requests";

export type Changes = { header?: Record<string, unknown>; claims?: Record<string, unknown> };

/** The newest signing key of the server under test: what it signs is signed rightly, whatever it says. */
function serverKey(): JWK {
  const file = join(process.env.E2E_DATA_DIR ?? "", "keys", "token-signing-keys.json");
  const { keys } = JSON.parse(readFileSync(file, "utf8")) as { keys: JWK[] };
  const [key] = keys;
  if (key === undefined) throw new Error("The server has no signing key.");
  return key;
}

/** The server's key without its private part, as `/api/oauth/jwks` shows it. */
export function serverPublicKey(): JWK {
  const { d: _private, ...key } = serverKey();
  return key;
}

/**
 * Signs a token anew with the server's own key after changing its header and claims; `undefined` leaves a member out.
 */
export async function resign(token: string, { header = {}, claims = {} }: Changes): Promise<string> {
  return signText(
    JSON.stringify({ ...headerOf(token), alg: "ES256", ...header }),
    JSON.stringify({ ...claimsOf(token), ...claims }),
  );
}

/** Signs header and payload as text, so that repeated members and odd numbers survive. */
export async function signText(header: string, payload: string): Promise<string> {
  const key = await importJWK({ ...serverKey(), key_ops: ["sign"] }, "ES256");
  if (key instanceof Uint8Array) throw new TypeError("an EC key was expected");
  const input = `${encode(header)}.${encode(payload)}`;
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(input));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

/** Signs a token anew with a shared secret, as an attacker who knows only what is public would. */
export async function signWithSecret(token: string, secret: string | Uint8Array, alg = "HS256"): Promise<string> {
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claimsOf(token))))
    .setProtectedHeader({ ...headerOf(token), alg })
    .sign(bytes);
}

/** A text as one part of a JWT. */
export function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}
