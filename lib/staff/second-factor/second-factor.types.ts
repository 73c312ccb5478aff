/** What a member can show after the password. A recovery code takes the place of either and is nothing by itself. */
export type OfferedFactors = { hasPasskey: boolean; hasApp: boolean };

export type OwnPasskey = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

/** What a member has, for their own account page. */
export type OwnSecondFactors = {
  passkeys: OwnPasskey[];
  app: { addedAt: Date; lastUsedAt: Date | null } | null;
  /** Unused ones, and since when they exist; null where none were made. */
  recoveryCodes: { left: number; createdAt: Date } | null;
  /** When somebody else took them all away; null once there is one again. */
  resetAt: Date | null;
};

/** An authenticator app to be: shown once, in force with its first right code. */
export type OfferedApp = {
  /** In base32, in groups of four. */
  key: string;
  /** The key with its account, as `otpauth:` address in a QR code: a square of `size` units and the path of what is dark. */
  qr: { size: number; path: string };
};

/** What adding a second factor has made besides: recovery codes, shown once, with the first. */
export type AddedFactor = { recoveryCodes: string[] | null };
