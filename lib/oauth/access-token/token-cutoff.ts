import { LEEWAY_SECONDS } from "../jose/compact-jws";

/**
 * The moment up to which tokens are revoked when somebody revokes all there are at `now`. Clocks of instances may
 * differ by the five seconds that are forgiven elsewhere, so it lies that far ahead: a token of an instance whose clock
 * is ahead must not survive, nor come back later. What is issued in those seconds is revoked with the rest.
 */
export function tokenCutoff(now: Date): Date {
  return new Date(now.getTime() + LEEWAY_SECONDS * 1000);
}

/**
 * Tells whether a token was issued up to that moment. `issuedAt` is the `iat` of the token in seconds (RFC 7519
 * §4.1.6), so one of the very second counts as issued before.
 */
export function isIssuedUpTo(cutoff: Date | null, issuedAt: number): boolean {
  return cutoff !== null && issuedAt * 1000 <= cutoff.getTime();
}
