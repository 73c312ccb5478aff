import "server-only";

import { type DomainLimit, isDomainAllowed } from "@/lib/oauth/domain-limit";
import { domainOf } from "@/lib/oauth/email-address";

/** Whether an application that is limited to `domains` may name and see a stored address: the rule of its tokens. */
export function isAddressAllowed(address: string, domains: DomainLimit): boolean {
  return isDomainAllowed(domainOf(address), domains);
}
