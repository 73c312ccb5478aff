/**
 * What a call fails with before an action could say anything: no answer, a page of a version that is gone, too much, or a
 * browser that has used no passkey.
 */
export const CALL_FAILURES = [
  "unreachable",
  "page_outdated",
  "too_large",
  "passkey_not_used",
  "passkey_known_here",
] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];
