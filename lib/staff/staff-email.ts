import "server-only";

import { parseEmailAddress } from "@/lib/oauth/email-address";

/**
 * Returns the one spelling under which a member of staff is known, or `undefined` for what is not an e-mail address. It
 * is that of the people applications act for, as the two are compared. Unlike those, staff may live under a name
 * without a dot (`admin@localhost`): the address is what they type to sign in, nobody's domain is derived from it.
 */
export function parseStaffEmail(text: string): string | undefined {
  return parseEmailAddress(text.trim(), { allowDotless: true })?.address;
}
