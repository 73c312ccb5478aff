import { SignJWT } from "jose";
import { encodeBase64Url } from "../http/base64";
import type { Signatures } from "../jose/signatures";
import type { KeyRing } from "../jose/signing-key";
import { isScopeList } from "../scope";

/** Seconds. RFC 6750 §5.3: an hour or less. */
export const ACCESS_TOKEN_TTL_SECONDS_MAX = 3600;
/** Seconds. Below this a client would spend more time renewing than working. */
export const ACCESS_TOKEN_TTL_SECONDS_MIN = 60;

export const ACCESS_TOKEN_TYPE = "at+jwt";

/** What an access token says, in our own names. Wire names exist in this folder only. */
export type AccessTokenClaims = {
  issuer: string;
  audience: string;
  /** UUID of the person acted for; never an address, a token is readable by whoever holds it. */
  subjectId: string;
  clientId: string;
  scopes: readonly string[];
  /** UUID of the secret or key that obtained the token. */
  credentialId: string;
  credentialVersion: number;
  /** At least 128 random bits. */
  tokenId: string;
  /** Epoch seconds. */
  issuedAt: number;
  /** Epoch seconds. */
  expiresAt: number;
};

const encoder = new TextEncoder();

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
// 22 characters of base64url hold 128 bits.
const TOKEN_ID = /^[A-Za-z0-9_-]{22,128}$/;

/** Lower-case UUID of any version. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

/** A `jti` value long enough to be unguessable. */
export function isTokenId(value: unknown): value is string {
  return typeof value === "string" && TOKEN_ID.test(value);
}

/** A fresh `jti`: 160 random bits as base64url. */
export function createTokenId(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(20)));
}

/**
 * What an access token says on the wire. Besides the registered claims it carries `act` (RFC 8693 §4.1, information
 * only), `credential_id` and `cv` for live revocation, and `user_id` and `delegated`, which existing clients of the
 * upstream API read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2.2
 */
export function toAccessTokenPayload(claims: AccessTokenClaims) {
  return {
    iss: claims.issuer,
    aud: claims.audience,
    sub: claims.subjectId,
    client_id: claims.clientId,
    act: { sub: claims.clientId },
    iat: claims.issuedAt,
    nbf: claims.issuedAt,
    exp: claims.expiresAt,
    jti: claims.tokenId,
    scope: claims.scopes.join(" "),
    credential_id: claims.credentialId,
    cv: claims.credentialVersion,
    user_id: claims.subjectId,
    delegated: true,
  };
}

/**
 * Signs an RFC 9068 access token with the newest key of the ring, by `signatures` or else by the library: the bytes that
 * are signed are the same. Throws TypeError for claims that the verifier would refuse.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2
 */
export async function signAccessToken(
  ring: KeyRing,
  claims: AccessTokenClaims,
  signatures?: Signatures,
): Promise<string> {
  requireSignable(claims);
  const { alg, kid, privateKey } = ring.current;
  const header = { typ: ACCESS_TOKEN_TYPE, alg, kid };
  const payload = toAccessTokenPayload(claims);
  if (signatures === undefined) return new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
  // RFC 7515 §7.1
  const input = `${signatures.encode(JSON.stringify(header))}.${signatures.encode(JSON.stringify(payload))}`;
  const signature = await signatures.sign(ring.current, encoder.encode(input));
  return `${input}.${signatures.encode(signature)}`;
}

/** By the name of each claim, whether it may be signed. */
const SOUND: readonly [name: string, isSound: (claims: AccessTokenClaims) => boolean][] = [
  ["subjectId", ({ subjectId }) => isUuid(subjectId)],
  ["credentialId", ({ credentialId }) => isUuid(credentialId)],
  ["clientId", ({ clientId }) => clientId !== "" && !clientId.includes("@")],
  ["scopes", ({ scopes }) => scopes.every((scope) => isScopeList(scope) && !/[ @]/.test(scope))],
  ["credentialVersion", ({ credentialVersion }) => Number.isSafeInteger(credentialVersion) && credentialVersion >= 0],
  ["tokenId", ({ tokenId }) => isTokenId(tokenId)],
  ["issuedAt", ({ issuedAt }) => Number.isSafeInteger(issuedAt) && issuedAt >= 0],
  ["expiresAt", ({ expiresAt, issuedAt }) => isLifetime(expiresAt - issuedAt)],
];

function isLifetime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds > 0 && seconds <= ACCESS_TOKEN_TTL_SECONDS_MAX;
}

function requireSignable(claims: AccessTokenClaims): void {
  const broken = SOUND.filter(([, isSound]) => !isSound(claims));
  if (broken.length > 0) {
    throw new TypeError(`These access token claims are not valid: ${broken.map(([name]) => name).join(", ")}`);
  }
}
