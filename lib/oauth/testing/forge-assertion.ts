import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { ClientKey } from "../client/assertion";
import { CLIENT_ASSERTION_TYPE } from "../client/client-metadata";
import { encodeBase64Url } from "../http/base64";
import { readClientJwk } from "../jose/client-key";
import type { SignatureAlgorithm } from "../jose/jwk";
import { base64UrlText } from "./forge-token";
import { ISSUER, NOW_SECONDS, tokenRequest } from "./token-endpoint-doubles";

const SIGNING: Record<SignatureAlgorithm, AlgorithmIdentifier | EcdsaParams | RsaPssParams> = {
  ES256: { name: "ECDSA", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", saltLength: 32 },
  RS256: { name: "RSASSA-PKCS1-v1_5" },
  Ed25519: { name: "Ed25519" },
};

type Members = Record<string, unknown>;

let made = 0;
let ids = 0;

/**
 * A key pair of a client, with the power to sign anything with it, as its holder could: any header and any payload,
 * given as text, so that repeated members and odd numbers survive.
 */
export async function createClientKey(alg: SignatureAlgorithm = "ES256") {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const { publicJwk, thumbprint } = await readClientJwk({ ...(await exportJWK(publicKey)), alg });
  made += 1;
  const clientKey: ClientKey = { id: `0193575a-0000-7000-8000-0000000000${(0xd0 + made).toString(16)}`, publicJwk };

  async function signText(header: string, payload: string): Promise<string> {
    const input = `${base64UrlText(header)}.${base64UrlText(payload)}`;
    const signature = await crypto.subtle.sign(SIGNING[alg], privateKey, new TextEncoder().encode(input));
    return `${input}.${encodeBase64Url(new Uint8Array(signature))}`;
  }

  return {
    clientKey,
    thumbprint,
    privateKey,
    privateJwk: (): Promise<JWK> => exportJWK(privateKey),
    signText,
    /** A client assertion that is sound but for the given members; `undefined` leaves one out. */
    signClientAssertion: (changes: { header?: Members; payload?: Members } = {}) =>
      signText(
        JSON.stringify({ alg, kid: publicJwk.kid, ...changes.header }),
        JSON.stringify({ ...soundClaims(), sub: "calendar", ...changes.payload }),
      ),
    /** An assertion for the JWT bearer grant, for alice, sound but for the given members. */
    signGrantAssertion: (changes: { header?: Members; payload?: Members } = {}) =>
      signText(
        JSON.stringify({ alg, kid: publicJwk.kid, ...changes.header }),
        JSON.stringify({ ...soundClaims(), sub: "alice@example.com", ...changes.payload }),
      ),
  };
}

export type TestClientKey = Awaited<ReturnType<typeof createClientKey>>;

/** What both kinds have in common, with a `jti` that was never used. */
function soundClaims(): Members {
  ids += 1;
  return { iss: "calendar", aud: ISSUER, iat: NOW_SECONDS, exp: NOW_SECONDS + 60, jti: `assertion-${ids}` };
}

/** A token request whose only client authentication is `assertion`. */
export function assertionRequest(assertion: string, fields: Record<string, string> = {}): Request {
  const body = {
    grant_type: "client_credentials",
    scope: "alice@example.com",
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: assertion,
    ...fields,
  };
  return tokenRequest(body, { headers: { Authorization: undefined } });
}
