import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";

export const JWT_BEARER_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const CLIENT_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export type SigningKey = { kid: string; privateKey: CryptoKey; publicJwk: string };

/** Makes an ES256 key pair as a developer would, with the name it is registered under. */
export async function makeSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { kid, privateKey, publicJwk: JSON.stringify(await exportJWK(publicKey), null, 2) };
}

/** Signs a JWT of this moment for a minute; `undefined` leaves a claim out. */
export function signJwt(
  { kid, privateKey }: SigningKey,
  claims: Record<string, unknown>,
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  return new SignJWT({ iat, exp: iat + 60, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: "ES256", kid, ...header })
    .sign(privateKey);
}

/** The form of a request whose only client authentication is `assertion`. */
export function assertionForm(assertion: string, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    grant_type: "client_credentials",
    scope: "alice@example.com",
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: assertion,
    ...more,
  }).toString();
}
