import {
  type CompactJws,
  decodeCompactJws,
  isMediaType,
  isSoleAudience,
  LEEWAY_SECONDS,
  type Refuse,
  requireSignature,
} from "../jose/compact-jws";
import { importMembers, type PublicJwk } from "../jose/jwk";
import type { OAuthReason } from "../oauth-reason";

/** Ten times an ordinary assertion, and cheap to throw away. */
export const ASSERTION_LENGTH_MAX = 4096;
/** Seconds between now and `exp`, and between `iat` and now. What lives longer is a password, not an assertion. */
export const ASSERTION_LIFETIME_SECONDS_MAX = 300;

/** RFC 7515 §4.1: each would let the assertion choose its own key or change what is signed. */
const REFUSED_HEADER_MEMBERS = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"] as const;

// The jti becomes part of a database key.
const JTI = /^[\x20-\x7E]{1,255}$/;

/** A key that counts now, and the UUID under which everything it did is found. */
export type ClientKey = { id: string; publicJwk: PublicJwk };

export type AssertionClaims = {
  issuer: string;
  subject: string;
  jti: string;
  /** From this moment on nobody accepts the assertion any more, so its `jti` may be forgotten. */
  expiresAt: Date;
};

/**
 * Reads an assertion whose signature is still to be checked: form, header, and that its `typ` is absent or one of
 * `types`. RFC 8725 §3.11 asks for explicit types; most libraries do not set one yet.
 */
export function readAssertion(text: string, types: readonly string[], refuse: Refuse): CompactJws {
  const jws = decodeCompactJws(text, ASSERTION_LENGTH_MAX, refuse);
  if (REFUSED_HEADER_MEMBERS.some((name) => jws.header.has(name))) throw refuse("header_member_refused");
  const type = jws.header.get("typ");
  if (type !== undefined && !types.some((known) => isMediaType(type, known))) throw refuse("wrong_type");
  return jws;
}

/**
 * The claims that both uses share: issuer and subject, exactly one audience out of `audiences`, an end at most five
 * minutes away, and an id. `iat` and `nbf` may be absent (RFC 7523 §3) and must hold when they are there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export function readAssertionClaims(
  { payload }: CompactJws,
  expected: { audiences: readonly string[]; now: Date },
  refuse: Refuse,
): AssertionClaims {
  const issuer = payload.get("iss");
  const subject = payload.get("sub");
  const jti = payload.get("jti");
  if (typeof issuer !== "string" || issuer === "") throw refuse("iss_malformed");
  if (typeof subject !== "string" || subject === "") throw refuse("sub_malformed");
  if (typeof jti !== "string" || !JTI.test(jti)) throw refuse("jti_malformed");
  const audience = payload.get("aud");
  if (!expected.audiences.some((known) => isSoleAudience(audience, known))) throw refuse("wrong_audience");
  const expiresAt = readDate(payload.get("exp"), "exp_malformed", refuse);
  const issuedAt = payload.has("iat") ? readDate(payload.get("iat"), "iat_malformed", refuse) : undefined;
  const notBefore = payload.has("nbf") ? readDate(payload.get("nbf"), "nbf_malformed", refuse) : undefined;
  requireValidTime({ expiresAt, issuedAt, notBefore }, expected.now.getTime() / 1000, refuse);
  return { issuer, subject, jti, expiresAt: new Date((expiresAt + LEEWAY_SECONDS) * 1000) };
}

/** The name of the key that the assertion says it was signed with; `undefined` when it says nothing. */
export function readAssertionKid({ header }: CompactJws, refuse: Refuse): string | undefined {
  const kid = header.get("kid");
  if (kid !== undefined && typeof kid !== "string") throw refuse("kid_malformed");
  return kid;
}

/**
 * The one of `keys` that signed the assertion. The key is found by `kid`, or by being the only one of its algorithm; it
 * is never tried with an algorithm other than its own (RFC 8725 §3.1).
 */
export async function selectSigningKey(
  jws: CompactJws,
  keys: readonly ClientKey[],
  refuse: Refuse,
): Promise<ClientKey> {
  const kid = readAssertionKid(jws, refuse);
  const alg = jws.header.get("alg");
  const candidates = keys.filter(({ publicJwk }) =>
    kid === undefined ? publicJwk.alg === alg : publicJwk.kid === kid,
  );
  const [key, ...others] = candidates;
  if (key === undefined) throw refuse("unknown_key");
  if (others.length > 0) throw refuse("kid_needed");
  if (key.publicJwk.alg !== alg) throw refuse("wrong_algorithm");
  const publicKey = await importMembers(key.publicJwk, key.publicJwk.alg);
  await requireSignature(jws, { alg: key.publicJwk.alg, publicKey }, refuse);
  return key;
}

/** RFC 7519 §2 NumericDate: seconds, with or without a fraction; never text. */
function readDate(value: unknown, reason: OAuthReason, refuse: Refuse): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) throw refuse(reason);
  return value;
}

function requireValidTime(
  times: { expiresAt: number; issuedAt: number | undefined; notBefore: number | undefined },
  nowSeconds: number,
  refuse: Refuse,
): void {
  const { expiresAt, issuedAt = nowSeconds, notBefore = nowSeconds } = times;
  const earliest = nowSeconds - LEEWAY_SECONDS;
  const latest = nowSeconds + LEEWAY_SECONDS;
  if (expiresAt <= earliest) throw refuse("expired");
  if (expiresAt > latest + ASSERTION_LIFETIME_SECONDS_MAX) throw refuse("expires_too_late");
  if (issuedAt > latest) throw refuse("issued_in_future");
  if (issuedAt < earliest - ASSERTION_LIFETIME_SECONDS_MAX) throw refuse("issued_too_early");
  if (notBefore > latest) throw refuse("not_yet_valid");
}
