import { ACCESS_TOKEN_TTL_SECONDS_MAX } from "./access-token/access-token";
import {
  generateSigningKey,
  importKeyRing,
  SIGNS_FROM,
  type SigningAlgorithm,
  type SigningKey,
} from "./jose/signing-key";
import { JWKS_MAX_AGE_SECONDS } from "./metadata";

/** Seconds by which clocks may differ and a running server may notice a new set late. */
const MARGIN_SECONDS = 60;

/**
 * Seconds for which a new key is published before it signs. Resource servers keep the key set for its max-age; a token
 * signed with a key that they have not seen yet would be refused.
 */
export const PUBLISH_AHEAD_SECONDS = JWKS_MAX_AGE_SECONDS + MARGIN_SECONDS;

/** Seconds for which a key stays published after it signed for the last time: the longest life of a token, and more. */
export const RETIREMENT_SECONDS = ACCESS_TOKEN_TTL_SECONDS_MAX + 300;

export type SigningJwkSet = { keys: Record<string, unknown>[] };

export type KeyRotation = {
  jwkSet: SigningJwkSet;
  added: { kid: string; alg: SigningAlgorithm; signsFrom: Date };
  /** Kids of keys that no live token can have been signed with, and are gone. */
  removed: string[];
};

export type KeyRotationOptions = {
  now: Date;
  /** ES256 unless told otherwise. */
  alg?: SigningAlgorithm;
  /** How long the new key is published before it signs; 0 makes it sign at once. */
  publishAheadSeconds?: number;
  /** Drops every other key, for one that has leaked: all tokens out there stop working. */
  replaceAll?: boolean;
};

/**
 * A private JWK set with a new key in front and without the keys that have been out of use for long enough. Old keys are
 * kept to verify with. Throws SigningKeyError when the set given is not a valid one.
 */
export async function rotateSigningKeys(jwkSet: SigningJwkSet, options: KeyRotationOptions): Promise<KeyRotation> {
  const { now, alg = "ES256", publishAheadSeconds = PUBLISH_AHEAD_SECONDS, replaceAll = false } = options;
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const signsFromSeconds = nowSeconds + (replaceAll ? 0 : publishAheadSeconds);
  const fresh = await generateSigningKey({ alg });
  const old = [...(await importKeyRing(jwkSet)).keys.values()];
  const isKept = old.map((_, index) => !replaceAll && !isRetired(old.slice(0, index), nowSeconds));

  const kept = jwkSet.keys.filter((_, index) => isKept[index]);
  return {
    jwkSet: { keys: [{ ...fresh, [SIGNS_FROM]: signsFromSeconds }, ...kept.map(withKnownTime(nowSeconds))] },
    added: { kid: fresh.kid, alg, signsFrom: new Date(signsFromSeconds * 1000) },
    removed: old.filter((_, index) => !isKept[index]).map(({ kid }) => kid),
  };
}

/** A key signs until one of those before it in the set takes over. One without a time may have taken over just now. */
function isRetired(newer: readonly SigningKey[], nowSeconds: number): boolean {
  return newer.some(({ signsFrom }) => signsFrom > 0 && signsFrom + RETIREMENT_SECONDS <= nowSeconds);
}

/** A key put in front by hand says nothing of when it took over. It has by now, and the next rotation can count on that. */
function withKnownTime(nowSeconds: number) {
  return (jwk: Record<string, unknown>, index: number, all: readonly unknown[]): Record<string, unknown> =>
    SIGNS_FROM in jwk || index === all.length - 1 ? jwk : { ...jwk, [SIGNS_FROM]: nowSeconds };
}
