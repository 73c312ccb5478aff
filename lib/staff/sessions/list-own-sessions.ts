import "server-only";

import { database } from "@/lib/db/client";
import type { OwnSession } from "@/lib/staff/staff.types";
import { isSessionLive } from "./staff-session";
import type { StaffSessionView } from "./staff-session.types";

/** Lists the browsers in which the member is signed in now, the one that asks first, then by last use. */
export async function listOwnSessions({ sessionId, staff }: StaffSessionView, now: Date): Promise<OwnSession[]> {
  const rows = await database().staffSession.findMany({
    where: { staffMemberId: staff.id, endedAt: null, expiresAt: { gt: now } },
    select: {
      id: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      endedAt: true,
      sessionVersion: true,
      ip: true,
      staffMember: { select: { isActive: true, sessionVersion: true } },
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
  });
  const live = rows.filter((row) => isSessionLive(row, now));
  return live
    .map(({ id, createdAt, lastSeenAt, ip }) => ({ id, createdAt, lastSeenAt, ip, isCurrent: id === sessionId }))
    .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent));
}
