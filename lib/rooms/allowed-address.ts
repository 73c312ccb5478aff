import "server-only";

import { type DomainLimit, isDomainAllowed } from "@/lib/oauth/domain-limit";

/** Whether an application that is limited to `domains` may name and see a stored address: the rule of its tokens. */
export function isAddressAllowed(address: string, domains: DomainLimit): boolean {
  return isDomainAllowed(address.slice(address.lastIndexOf("@") + 1), domains);
}
