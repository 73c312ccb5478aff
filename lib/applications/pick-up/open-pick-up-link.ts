import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database } from "@/lib/db/client";
import { closePickUpLink } from "./close-pick-up-link";
import { getPickUpLink } from "./get-pick-up-link";
import type { OpenedPickUpLink } from "./pick-up-link.types";
import { pickUpLinkStateAt } from "./pick-up-link-state";

/**
 * Says what a link is for, without using it up and without making anything: whatever reads addresses by itself gets no
 * further. Throws AppError `not_found` / `pick_up_link_unknown`.
 */
export async function openPickUpLink(ctx: VerbContext<VisitorActor>, token: string): Promise<OpenedPickUpLink> {
  const link = await getPickUpLink(database(), token);
  if (pickUpLinkStateAt(link, ctx.now()) !== "open") return closePickUpLink(ctx, link);
  const { application, label, expiresAt } = link;
  return { applicationName: application.name, state: "open", label, expiresAt };
}
