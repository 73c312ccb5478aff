import "server-only";

import type { StaffRole } from "@/lib/permissions";

/** Somebody signed in to the portal. */
export type StaffActor = { kind: "staff"; id: string; role: StaffRole; ip: string; requestId: string };

/** An external application, `id` being the application's UUID, that acts on behalf of a person. */
export type ApplicationActor = { kind: "application"; id: string; personId: string; ip: string; requestId: string };

/** The product itself: start-up, or a request of somebody who has not proved who they are. */
export type SystemActor = { kind: "system"; ip: string | null; requestId: string | null };

/** Somebody who has not proved who they are, in a request: the product acts, and knows from where it was asked. */
export type VisitorActor = SystemActor & { ip: string; requestId: string };

/** Whoever holds a pick-up link, `id` being that of the link: nobody knows more of them than their address. */
export type PickUpLinkActor = { kind: "pick_up_link"; id: string; ip: string; requestId: string };

/** The product, or whoever runs it, when no request brought them. */
export const SYSTEM: SystemActor = { kind: "system", ip: null, requestId: null };

export type Actor = StaffActor | ApplicationActor | SystemActor | PickUpLinkActor;
