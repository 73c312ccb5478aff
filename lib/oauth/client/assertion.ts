import { ASSERTION_SENTENCES, type AssertionSentence } from "../error-sentences";
import {
  type CompactJws,
  decodeCompactJws,
  isMediaType,
  isSoleAudience,
  LEEWAY_SECONDS,
  type Refuse,
  requireSignature,
} from "../jose/compact-jws";
import { DECOY_KEYS, type PublicMembers } from "../jose/decoy-keys";
import { importMembers, type PublicJwk, presentAlgorithm } from "../jose/jwk";
import type { OAuthReason } from "../oauth-reason";

/** Ten times an ordinary assertion, and cheap to throw away. */
export const ASSERTION_LENGTH_MAX = 4096;
/** Seconds between now and `exp`, and between `iat` and now: what stock libraries write. Its `jti` is kept as long. */
export const ASSERTION_LIFETIME_SECONDS_MAX = 3600;
/** Seconds by which the clock of a client may be ahead of ours, or behind. Its tokens end by our clock all the same. */
const ASSERTION_CLOCK_TOLERANCE_SECONDS = 60;

/** RFC 7515 §4.1: each would let the assertion choose its own key or change what is signed. */
const REFUSED_HEADER_MEMBERS = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"] as const;

// The jti becomes part of a database key.
const JTI = /^[\x20-\x7E]{1,255}$/;

/** A key that counts now, and the UUID under which everything it did is found. */
export type ClientKey = { id: string; publicJwk: PublicJwk };

/** The sentence that is for a claim with this fault, by its name in `ERROR_SENTENCES`. */
const CLAIM_SENTENCES: Readonly<Partial<Record<OAuthReason, AssertionSentence>>> = {
  wrong_audience: "claim_aud",
  exp_malformed: "claim_exp",
  expired: "claim_exp",
  expires_too_late: "claim_exp",
  iat_malformed: "claim_iat",
  issued_in_future: "claim_iat",
  issued_too_early: "claim_iat",
  nbf_malformed: "claim_nbf",
  not_yet_valid: "claim_nbf",
  jti_malformed: "claim_jti",
  assertion_replayed: "claim_jti",
};

/** What may be told about a fault to whoever has proved to hold the key, and to nobody else; `undefined` for the rest. */
export function claimSentence(reason: OAuthReason): string | undefined {
  const name = CLAIM_SENTENCES[reason];
  return name === undefined ? undefined : ASSERTION_SENTENCES[name];
}

export type AssertionClaims = {
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

/** Who claims to have made the assertion, and about whom. Throws what `refuse` makes for a missing one. */
export function readAssertionParties({ payload }: CompactJws, refuse: Refuse): { issuer: string; subject: string } {
  const issuer = payload.get("iss");
  const subject = payload.get("sub");
  if (typeof issuer !== "string" || issuer === "") throw refuse("iss_malformed");
  if (typeof subject !== "string" || subject === "") throw refuse("sub_malformed");
  return { issuer, subject };
}

/**
 * The claims that both uses share beside the parties: exactly one audience out of `audiences`, an end at most an hour
 * away, and an id. `iat` and `nbf` may be absent (RFC 7523 §3) and must hold when they are there. Asked after the
 * signature: only then may a refusal say which claim is wrong (`claimSentence`).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export function readAssertionClaims(
  { payload }: CompactJws,
  expected: { audiences: readonly string[]; now: Date },
  refuse: Refuse,
): AssertionClaims {
  const jti = payload.get("jti");
  const audience = payload.get("aud");
  if (!expected.audiences.some((known) => isSoleAudience(audience, known))) throw refuse("wrong_audience");
  const expiresAt = readDate(payload.get("exp"), "exp_malformed", refuse);
  const issuedAt = payload.has("iat") ? readDate(payload.get("iat"), "iat_malformed", refuse) : undefined;
  const notBefore = payload.has("nbf") ? readDate(payload.get("nbf"), "nbf_malformed", refuse) : undefined;
  requireValidTime({ expiresAt, issuedAt, notBefore }, expected.now.getTime() / 1000, refuse);
  if (typeof jti !== "string" || !JTI.test(jti)) throw refuse("jti_malformed");
  return { jti, expiresAt: new Date((expiresAt + LEEWAY_SECONDS) * 1000) };
}

/** The name of the key that the assertion says it was signed with; `undefined` when it says nothing. */
export function readAssertionKid({ header }: CompactJws, refuse: Refuse): string | undefined {
  const kid = header.get("kid");
  if (kid !== undefined && typeof kid !== "string") throw refuse("kid_malformed");
  return kid;
}

/**
 * The one of `keys` that signed the assertion. The key is found by `kid`, or by being the only one of its algorithm; it
 * is never tried with an algorithm other than its own (RFC 8725 §3.1). `EdDSA` is the older name of Ed25519. Where no
 * key fits, a signature is checked all the same: how long a refusal takes must not tell which clients and keys there
 * are.
 */
export async function selectSigningKey(
  jws: CompactJws,
  keys: readonly ClientKey[],
  refuse: Refuse,
): Promise<ClientKey> {
  const kid = readAssertionKid(jws, refuse);
  const alg = presentAlgorithm(jws.header.get("alg"));
  const candidates = keys.filter(({ publicJwk }) =>
    kid === undefined ? publicJwk.alg === alg : publicJwk.kid === kid,
  );
  const [key, ...others] = candidates;
  if (key === undefined || others.length > 0 || key.publicJwk.alg !== alg) {
    const decoy = DECOY_KEYS.find(({ alg: known }) => known === alg);
    if (decoy !== undefined) await requireSignatureOf(jws, decoy, refuse).catch(() => undefined);
    if (key === undefined) throw refuse("unknown_key");
    throw refuse(others.length > 0 ? "kid_needed" : "wrong_algorithm");
  }
  await requireSignatureOf(jws, key.publicJwk, refuse);
  return key;
}

/** The header's own spelling of the algorithm is what the library compares; that it is the key's was checked before. */
async function requireSignatureOf(jws: CompactJws, jwk: PublicMembers, refuse: Refuse): Promise<void> {
  const publicKey = await importMembers(jwk, jwk.alg);
  await requireSignature(jws, { alg: String(jws.header.get("alg")), publicKey }, refuse);
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
  const earliest = nowSeconds - ASSERTION_CLOCK_TOLERANCE_SECONDS;
  const latest = nowSeconds + ASSERTION_CLOCK_TOLERANCE_SECONDS;
  if (expiresAt <= nowSeconds - LEEWAY_SECONDS) throw refuse("expired");
  if (expiresAt > latest + ASSERTION_LIFETIME_SECONDS_MAX) throw refuse("expires_too_late");
  if (issuedAt > latest) throw refuse("issued_in_future");
  if (issuedAt < earliest - ASSERTION_LIFETIME_SECONDS_MAX) throw refuse("issued_too_early");
  if (notBefore > latest) throw refuse("not_yet_valid");
}
