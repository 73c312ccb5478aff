import { type JsonObject, toJsonObject } from "../http/strict-json";
import {
  type CompactJws,
  decodeCompactJws,
  isMediaType,
  isSoleAudience,
  LEEWAY_SECONDS,
  requireOwnSignature,
} from "../jose/compact-jws";
import type { Signatures } from "../jose/signatures";
import type { KeyRing, SigningKey } from "../jose/signing-key";
import { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import { isScopeList } from "../scope";
import {
  ACCESS_TOKEN_TTL_SECONDS_MAX,
  ACCESS_TOKEN_TYPE,
  type AccessTokenClaims,
  isTokenId,
  isUuid,
} from "./access-token";

/** Four times the longest token we issue; what is larger is not ours and is not worth decoding. */
const ACCESS_TOKEN_LENGTH_MAX = 4096;

/** All we ever write. Any other member (`crit`, `jwk`, `jku`, `x5u`, `x5c`, `zip`, `b64` …) asks for something we do not do. */
const HEADER_MEMBERS: ReadonlySet<string> = new Set(["alg", "kid", "typ"]);

export type AccessTokenReaderDeps = {
  keyRing: () => Promise<KeyRing>;
  issuer: string;
  audience: string;
  /** What checks signatures of our own; the library does unless told otherwise. */
  signatures?: Signatures | undefined;
};

export type AccessTokenVerifierDeps = AccessTokenReaderDeps & { now: () => Date };

/**
 * Makes the function that turns a bearer token into its claims, or throws `invalid_token` with one public sentence and
 * a `reason`. Only a signature of our own ring, made by the one algorithm of that key, is ever looked at; nothing in the
 * token chooses a key, a URL or an algorithm. A failing `keyRing` is rethrown as it is: an outage is not a bad token.
 *
 * Whether the application, the secret and the person still exist is for the caller to check.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3
 */
export function createAccessTokenVerifier(
  deps: AccessTokenVerifierDeps,
): (token: string) => Promise<AccessTokenClaims> {
  return async function verifyAccessToken(token) {
    const { claims, notBefore } = await readSignedToken(token, deps);
    requireValidTime(claims, notBefore, Math.floor(deps.now().getTime() / 1000));
    return claims;
  };
}

/**
 * Makes the function that reads a token of ours whatever the time is. For revoking only, which must not depend on whose
 * clock is right: a token that seems to be over, or not yet valid, here may be accepted by another instance.
 */
export function createAccessTokenReader(deps: AccessTokenReaderDeps): (token: string) => Promise<AccessTokenClaims> {
  return async function readAccessToken(token) {
    return (await readSignedToken(token, deps)).claims;
  };
}

async function readSignedToken(
  token: string,
  deps: AccessTokenReaderDeps,
): Promise<{ claims: AccessTokenClaims; notBefore: number }> {
  const jws = decodeCompactJws(token, ACCESS_TOKEN_LENGTH_MAX, invalidToken);
  const key = selectKey(jws, await deps.keyRing());
  await requireOwnSignature(jws, key, invalidToken, deps.signatures);
  const claims = readClaims(jws.payload, deps.issuer, deps.audience);
  return { claims, notBefore: requireWholeNumber(jws.payload.get("nbf"), "nbf_malformed") };
}

function selectKey({ header }: CompactJws, ring: KeyRing): SigningKey {
  for (const name of header.keys()) if (!HEADER_MEMBERS.has(name)) throw invalidToken("header_member_refused");
  if (!isMediaType(header.get("typ"), ACCESS_TOKEN_TYPE)) throw invalidToken("wrong_type");
  const kid = header.get("kid");
  const key = typeof kid === "string" ? ring.keys.get(kid) : undefined;
  if (key === undefined) throw invalidToken("unknown_key");
  if (header.get("alg") !== key.alg) throw invalidToken("wrong_algorithm");
  return key;
}

function readClaims(payload: JsonObject, issuer: string, audience: string): AccessTokenClaims {
  if (payload.get("iss") !== issuer) throw invalidToken("wrong_issuer");
  if (!isSoleAudience(payload.get("aud"), audience)) throw invalidToken("wrong_audience");
  // RFC 9449 §7.1: a sender-constrained token is worth nothing as a bearer token.
  if (payload.has("cnf")) throw invalidToken("token_is_bound");
  const subjectId = payload.get("sub");
  const clientId = payload.get("client_id");
  const credentialId = payload.get("credential_id");
  const tokenId = payload.get("jti");
  if (!isUuid(subjectId)) throw invalidToken("sub_malformed");
  if (typeof clientId !== "string" || clientId === "") throw invalidToken("client_id_malformed");
  if (!isUuid(credentialId)) throw invalidToken("credential_id_malformed");
  if (!isTokenId(tokenId)) throw invalidToken("jti_malformed");
  if (payload.get("user_id") !== subjectId) throw invalidToken("user_id_differs");
  if (payload.get("delegated") !== true) throw invalidToken("not_delegated");
  const actor = toJsonObject(payload.get("act"));
  if (actor?.size !== 1 || actor.get("sub") !== clientId) throw invalidToken("act_differs");
  return {
    issuer,
    audience,
    subjectId,
    clientId,
    scopes: readScopes(payload.get("scope")),
    credentialId,
    credentialVersion: requireWholeNumber(payload.get("cv"), "cv_malformed"),
    tokenId,
    issuedAt: requireWholeNumber(payload.get("iat"), "iat_malformed"),
    expiresAt: requireWholeNumber(payload.get("exp"), "exp_malformed"),
  };
}

function readScopes(value: unknown): string[] {
  if (value === "") return [];
  if (typeof value !== "string" || !isScopeList(value)) throw invalidToken("scope_malformed");
  return value.split(" ");
}

function requireWholeNumber(value: unknown, reason: OAuthReason): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw invalidToken(reason);
  return value;
}

function requireValidTime(claims: AccessTokenClaims, notBefore: number, nowSeconds: number): void {
  const lifetime = claims.expiresAt - claims.issuedAt;
  if (lifetime <= 0 || lifetime > ACCESS_TOKEN_TTL_SECONDS_MAX) throw invalidToken("lifetime_refused");
  if (claims.issuedAt > nowSeconds + LEEWAY_SECONDS) throw invalidToken("issued_in_future");
  if (notBefore > nowSeconds + LEEWAY_SECONDS) throw invalidToken("not_yet_valid");
  if (nowSeconds >= claims.expiresAt + LEEWAY_SECONDS) throw invalidToken("expired");
}

function invalidToken(reason: OAuthReason, cause?: unknown): OAuthError {
  return new OAuthError("invalid_token", { reason, cause });
}
