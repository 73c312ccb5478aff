import "server-only";

import { isDomainAllowed } from "@/lib/oauth/email-address";

/** Whether an application that is limited to `domains` may name and see a stored address: the rule of its tokens. */
export function isAddressAllowed(address: string, domains: readonly string[]): boolean {
  return isDomainAllowed(address.slice(address.lastIndexOf("@") + 1), domains);
}
