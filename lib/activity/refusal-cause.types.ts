/** What may be behind a refusal, in as many words as staff need: many codes have the same remedy. */
export const REFUSAL_CAUSES = [
  "wrongSecret",
  "revokedCredential",
  "switchedOff",
  "authenticationMethod",
  "assertion",
  "clock",
  "grant",
  "audience",
  "personMissing",
  "person",
  "domain",
  "scopeNotGranted",
  "scopeNotAsked",
  "revoked",
  "notFound",
  "request",
  "tooMany",
  "ours",
  "other",
] as const;
export type RefusalCause = (typeof REFUSAL_CAUSES)[number];
