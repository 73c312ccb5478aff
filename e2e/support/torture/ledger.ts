import type { Credentials } from "../oauth-requests";

/** An application of which only its secrets matter. */
export type Secret = Credentials & { applicationId: string; secretId: string };

/** What was acknowledged in one round of load. What was asked for without an answer stands nowhere but in `keys`. */
export type Ledger = {
  /** The person acted for: one for each round, so that their rooms are those of the round. */
  email: string;
  /** Every idempotency key that was sent, answered or not. */
  keys: string[];
  /** The whole first answer to a key. */
  rooms: Map<string, string>;
  tokens: Set<string>;
  /** Tokens whose revocation was sent: in doubt until it is in `revoked`. */
  ending: Set<string>;
  revoked: Set<string>;
  /** Secrets that open the token endpoint. One that something was sent about is in none of these until it is answered. */
  live: Set<Secret>;
  /** How many applications were made. */
  made: number;
  replaced: Set<Secret>;
  /** Of applications that were deactivated. */
  shutOut: Set<Secret>;
};

/** An empty one. */
export function createLedger(email: string): Ledger {
  return {
    email,
    keys: [],
    rooms: new Map(),
    tokens: new Set(),
    ending: new Set(),
    revoked: new Set(),
    live: new Set(),
    made: 0,
    replaced: new Set(),
    shutOut: new Set(),
  };
}

/** How much was acknowledged, in all and by the portal. */
export function countAcknowledged({ rooms, tokens, revoked, replaced, shutOut, made }: Ledger) {
  const inPortal = made + replaced.size + shutOut.size;
  return { all: rooms.size + tokens.size + revoked.size + inPortal, inPortal };
}
