import "server-only";

import { isIP } from "node:net";

/** For whom a passkey is made, as WebAuthn knows it: a domain, and the one origin that may ask. */
export type RelyingParty = { id: string; origin: string };

/**
 * Returns for whom passkeys are made, by PUBLIC_URL alone; `undefined` where its host is an address: passkeys are bound
 * to names (Web Authentication Level 3, "RP ID"). A passkey of one host is none of another.
 */
export function findRelyingParty({ publicUrl }: { publicUrl: string }): RelyingParty | undefined {
  const { hostname, origin } = new URL(publicUrl);
  const address = hostname.replace(/^\[|\]$/g, "");
  return isIP(address) === 0 ? { id: hostname, origin } : undefined;
}
