import "server-only";

import { domainToASCII, domainToUnicode } from "node:url";

/**
 * Writes a domain as people know it: an internationalised one in its own letters, and in ASCII beside it, because that
 * is where two that look alike differ. What has no such letters is written as it is.
 */
export function spellDomain(domain: string): string {
  const unicode = domainToUnicode(domain);
  if (unicode === domain || domainToASCII(unicode) !== domain) return domain;
  // Isolated (UAX #9), so that letters from right to left do not move what stands beside them.
  return `\u2068${unicode}\u2069 (${domain})`;
}
