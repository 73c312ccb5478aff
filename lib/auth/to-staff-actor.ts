import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { requestContext } from "@/lib/http/request-context";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";

/** Says who acts in the request being handled, as verbs and the audit log want to know it. */
export function toStaffActor({ staff }: StaffSessionView): StaffActor {
  const { clientAddress, requestId } = requestContext();
  return { kind: "staff", id: staff.id, role: staff.role, ip: clientAddress, requestId };
}
