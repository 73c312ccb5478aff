import "server-only";

import type { Prisma } from "@/lib/db/generated/client";
import { isSessionLive } from "./sessions/staff-session";
import type { StaffDetail, StaffStatus, StaffSummary } from "./staff.types";

/** Projections of what may be shown: neither names a password or a token. */
export const staffSummarySelect = {
  id: true,
  name: true,
  email: true,
  role: true,
  isActive: true,
  joinedAt: true,
  lastSignedInAt: true,
  hasSecondFactor: true,
  links: { where: { usedAt: null, revokedAt: null }, select: { expiresAt: true } },
  _count: { select: { identities: true } },
} as const satisfies Prisma.StaffMemberSelect;

export const staffDetailSelect = {
  ...staffSummarySelect,
  createdAt: true,
  isImpersonationAllowed: true,
  sessionVersion: true,
  sessions: {
    where: { endedAt: null },
    select: { sessionVersion: true, lastSeenAt: true, expiresAt: true, endedAt: true },
  },
} as const satisfies Prisma.StaffMemberSelect;

type SummaryRow = Prisma.StaffMemberGetPayload<{ select: typeof staffSummarySelect }>;
type DetailRow = Prisma.StaffMemberGetPayload<{ select: typeof staffDetailSelect }>;

export function toStaffSummary(row: SummaryRow, now: Date): StaffSummary {
  const { id, name, email, role, lastSignedInAt, hasSecondFactor, _count } = row;
  const isExternal = _count.identities > 0;
  return { id, name, email, role, status: toStatus(row, now), lastSignedInAt, isExternal, hasSecondFactor };
}

export function toStaffDetail(row: DetailRow, now: Date): StaffDetail {
  const { createdAt, isImpersonationAllowed, sessions, isActive, sessionVersion } = row;
  const live = sessions.filter((session) =>
    isSessionLive({ ...session, staffMember: { isActive, sessionVersion } }, now),
  );
  return {
    ...toStaffSummary(row, now),
    createdAt,
    isImpersonationAllowed,
    linkExpiresAt: liveLink(row, now)?.expiresAt ?? null,
    sessionCount: live.length,
  };
}

function toStatus(row: SummaryRow, now: Date): StaffStatus {
  if (row.joinedAt !== null) return row.isActive ? "active" : "inactive";
  return liveLink(row, now) === undefined ? "invitation_not_live" : "invited";
}

function liveLink({ links }: SummaryRow, now: Date): { expiresAt: Date } | undefined {
  return links.find(({ expiresAt }) => expiresAt > now);
}
