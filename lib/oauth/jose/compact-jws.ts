import { compactVerify } from "jose";
import { decodeBase64Url, decodeUtf8 } from "../http/base64";
import { type JsonObject, parseJsonObject } from "../http/strict-json";
import type { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { Signatures } from "./signatures";
import type { SigningKey } from "./signing-key";

const encoder = new TextEncoder();

/** Clock difference forgiven between machines, seconds. */
export const LEEWAY_SECONDS = 5;

/** A JWS whose parts were read and whose signature was not looked at yet: nothing in it is true so far. */
export type CompactJws = { text: string; header: JsonObject; payload: JsonObject; signature: Uint8Array };

/** Makes the refusal that fits where the JWS was found; `reason` is for the log. */
export type Refuse = (reason: OAuthReason, cause?: unknown) => OAuthError;

/**
 * Reads a JWS in compact serialization, taken literally: three canonical base64url parts, the first two of them JSON
 * objects without repeated members. Throws what `refuse` makes for anything else, and for more than `lengthMax`
 * characters before any of them is decoded.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 */
export function decodeCompactJws(text: string, lengthMax: number, refuse: Refuse): CompactJws {
  if (text.length > lengthMax) throw refuse("token_too_long");
  const parts = text.split(".");
  const [header, payload, signature] = parts.map((part) => (part === "" ? undefined : decodeBase64Url(part)));
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    throw refuse("not_compact_jws");
  }
  const headerMembers = parseJsonObject(decodeUtf8(header) ?? "");
  if (headerMembers === undefined) throw refuse("header_malformed");
  const payloadMembers = parseJsonObject(decodeUtf8(payload) ?? "");
  if (payloadMembers === undefined) throw refuse("payload_malformed");
  return { text, header: headerMembers, payload: payloadMembers, signature };
}

/** Throws unless the JWS was signed with `key` by the one algorithm that belongs to it (RFC 8725 §3.1). */
export async function requireSignature(
  jws: CompactJws,
  key: { alg: string; publicKey: CryptoKey },
  refuse: Refuse,
): Promise<void> {
  try {
    await compactVerify(jws.text, key.publicKey, { algorithms: [key.alg] });
  } catch (cause) {
    throw refuse("bad_signature", cause);
  }
}

/** The same for a key of our own ring, with what the adapter checks signatures with, if it has something of its own. */
export async function requireOwnSignature(
  jws: CompactJws,
  key: SigningKey,
  refuse: Refuse,
  signatures: Signatures | undefined,
): Promise<void> {
  if (signatures === undefined) return requireSignature(jws, key, refuse);
  const input = encoder.encode(jws.text.slice(0, jws.text.lastIndexOf(".")));
  if (!(await signatures.verify(key, input, jws.signature))) throw refuse("bad_signature");
}

/** RFC 7515 §4.1.9: media types are compared without regard to case, `application/` may be left out. */
export function isMediaType(value: unknown, type: string): boolean {
  return typeof value === "string" && value.toLowerCase().replace(/^application\//, "") === type.toLowerCase();
}

/** Exactly one audience: what is good elsewhere too could be replayed from there. */
export function isSoleAudience(value: unknown, audience: string): boolean {
  if (Array.isArray(value)) return value.length === 1 && value[0] === audience;
  return value === audience;
}
