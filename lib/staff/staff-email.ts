import "server-only";

import { parseEmailAddress } from "@/lib/oauth/email-address";

/**
 * Returns the one spelling under which a member of staff is known, or `undefined` for what is not an e-mail address. White
 * space around it is left out, and staff may live under a name without a dot: their address is what they type to sign in.
 */
export function parseStaffEmail(text: string): string | undefined {
  return parseEmailAddress(text.trim(), { allowDotless: true })?.address;
}
