/** The states of a secret: `scheduled` is live still, with a revocation that is to come. */
export const SECRET_STATES = ["live", "scheduled", "expired", "revoked", "compromised"] as const;
export type SecretState = (typeof SECRET_STATES)[number];

/** How a secret is doing at a moment, without anything of the secret itself. */
export type SecretUse = {
  secretId: string;
  state: SecretState;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  /** Nobody has used it for a day, or ever since it was made a day ago. */
  isQuiet: boolean;
};

/** `now` is the moment that the uses tell about: what is "three minutes ago" counts from there. */
export type SecretUses = { now: Date; uses: SecretUse[] };
