// A resource server in a process of its own: it knows the issuer's address and a token, and jose.
import { createRemoteJWKSet, errors, jwtVerify } from "jose";

const { ISSUER, AUDIENCE, TOKEN } = process.env;
const answer = await fetch(`${ISSUER}/.well-known/oauth-authorization-server`);
const { issuer, jwks_uri: jwksUri } = await answer.json();

try {
  const { payload, protectedHeader } = await jwtVerify(TOKEN, createRemoteJWKSet(new URL(jwksUri)), {
    issuer,
    audience: AUDIENCE,
    typ: "at+jwt",
    requiredClaims: ["exp", "iat", "sub", "jti", "client_id"],
  });
  console.log(JSON.stringify({ header: protectedHeader, claims: payload }));
} catch (error) {
  if (!(error instanceof errors.JOSEError)) throw error;
  console.log(JSON.stringify({ refused: error.code }));
}
