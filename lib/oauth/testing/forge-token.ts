import { importJWK } from "jose";
import type { AccessTokenClaims } from "../access-token/access-token";
import { createAccessTokenVerifier } from "../access-token/access-token-verifier";
import { encodeBase64Url } from "../http/base64";
import { generateSigningKey, importKeyRing } from "../jose/signing-key";
import { isOAuthError } from "../oauth-error";
import { ALICE_ID, AUDIENCE, CALENDAR, ISSUER, NOW, NOW_SECONDS } from "./token-endpoint-doubles";

export const SOUND_CLAIMS: AccessTokenClaims = {
  issuer: ISSUER,
  audience: AUDIENCE,
  subjectId: ALICE_ID,
  clientId: "calendar",
  scopes: ["rooms:list", "rooms:create"],
  credentialId: CALENDAR.client.credentialId,
  credentialVersion: 3,
  tokenId: "token-id-000000000000000001",
  issuedAt: NOW_SECONDS,
  expiresAt: NOW_SECONDS + 3600,
};

/** The wire form of `SOUND_CLAIMS`. */
export const SOUND_PAYLOAD: Readonly<Record<string, unknown>> = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: ALICE_ID,
  client_id: "calendar",
  act: { sub: "calendar" },
  iat: NOW_SECONDS,
  nbf: NOW_SECONDS,
  exp: NOW_SECONDS + 3600,
  jti: "token-id-000000000000000001",
  scope: "rooms:list rooms:create",
  credential_id: CALENDAR.client.credentialId,
  cv: 3,
  user_id: ALICE_ID,
  delegated: true,
};

export function base64UrlText(text: string): string {
  return encodeBase64Url(new TextEncoder().encode(text));
}

/**
 * An ES256 ring together with the power to sign anything with its key, as somebody who holds the key could: any header
 * and any payload, given as text, so that repeated members and odd numbers survive.
 */
export async function createForge() {
  const jwk = await generateSigningKey();
  const ring = await importKeyRing({ keys: [jwk] });
  const privateKey = await importJWK(jwk, "ES256");
  const verify = createAccessTokenVerifier({
    keyRing: async () => ring,
    issuer: ISSUER,
    audience: AUDIENCE,
    now: () => NOW,
  });

  async function signText(header: string, payload: string): Promise<string> {
    if (privateKey instanceof Uint8Array) throw new TypeError("an EC key was expected");
    const input = `${base64UrlText(header)}.${base64UrlText(payload)}`;
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(input));
    return `${input}.${encodeBase64Url(new Uint8Array(signature))}`;
  }

  const header = { typ: "at+jwt", alg: "ES256", kid: jwk.kid };
  return {
    jwk,
    ring,
    header,
    verify,
    signText,
    /** Sound but for the given members; `undefined` leaves one out. */
    sign: (changes: { header?: Record<string, unknown>; payload?: Record<string, unknown> } = {}) =>
      signText(
        JSON.stringify({ ...header, ...changes.header }),
        JSON.stringify({ ...SOUND_PAYLOAD, ...changes.payload }),
      ),
    /** What the verifier makes of a token: "accepted", or the code and reason of the refusal. */
    async judge(token: string): Promise<string> {
      try {
        await verify(token);
        return "accepted";
      } catch (error) {
        if (!isOAuthError(error)) throw error;
        return `${error.code} ${error.status} ${error.reason}`;
      }
    },
  };
}
