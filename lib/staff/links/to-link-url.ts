import "server-only";

import { routes } from "@/lib/routes";
import type { StaffLinkKind } from "@/lib/staff/staff.types";

/**
 * Returns the address to hand over. The token stands in the fragment, which browsers send to no server: neither logs nor
 * proxies nor the pages that are visited next get to see it.
 */
export function toLinkUrl(kind: StaffLinkKind, token: string, { publicUrl }: { publicUrl: string }): string {
  const path = kind === "invitation" ? routes.invitation() : routes.newPassword();
  return `${publicUrl}${path}#${token}`;
}
