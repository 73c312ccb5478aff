import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import { config } from "@/lib/env/config";
import { requestContext } from "@/lib/http/request-context";
import type { SessionContext, StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { toStaffActor } from "./to-staff-actor";

/** The context of the request being handled, in which somebody acts who has not proved who they are. */
export function visitorContext(): VerbContext<VisitorActor> {
  const { clientAddress, requestId } = requestContext();
  return { actor: { kind: "system", ip: clientAddress, requestId }, now: () => new Date(), config: config() };
}

/** The context of the request being handled, in which the owner of `session` acts. */
export function sessionContext(session: StaffSessionView): SessionContext {
  return { actor: toStaffActor(session), session, now: () => new Date(), config: config() };
}
