import "server-only";

import { database } from "@/lib/db/client";
import type { PickUpLinkSummary } from "./pick-up-link.types";
import { pickUpLinkStateAt } from "./pick-up-link-state";

/** More than anybody looks at: the others are in the audit log. */
const LINKS_MAX = 20;

/** Lists the pick-up links of an application, the newest first; they are kept for 30 days after they expired. */
export async function listPickUpLinks(applicationId: string, now: Date): Promise<PickUpLinkSummary[]> {
  const links = await database().pickUpLink.findMany({
    where: { applicationId },
    select: {
      id: true,
      label: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      pickedUpAt: true,
      pickedUpIp: true,
      reopenedCount: true,
      reopenedAt: true,
      reopenedIp: true,
      createdBy: { select: { name: true } },
      secret: { select: { hint: true } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: LINKS_MAX,
  });
  return links.map(({ createdBy, secret, ...link }) => ({
    ...link,
    state: pickUpLinkStateAt(link, now),
    createdByName: createdBy?.name ?? null,
    secretHint: secret?.hint ?? null,
  }));
}
