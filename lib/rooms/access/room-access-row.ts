import "server-only";

import type { Prisma } from "@/lib/db/generated/client";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import { isAddressAllowed } from "@/lib/rooms/allowed-address";
import type { RoomAccessRepresentation } from "./room-access.schema";

/** The columns of a role in a room that verbs read. */
export const ACCESS_COLUMNS = {
  id: true,
  personId: true,
  role: true,
  createdAt: true,
  person: { select: { email: true } },
} as const satisfies Prisma.RoomAccessSelect;

export type RoomAccessRow = Prisma.RoomAccessGetPayload<{ select: typeof ACCESS_COLUMNS }>;

/** Somebody's role as the external API answers it. Addresses of foreign domains are not the application's to know. */
export function representAccess(access: RoomAccessRow, domains: DomainLimit): RoomAccessRepresentation {
  const { email } = access.person;
  return {
    id: access.id,
    email: isAddressAllowed(email, domains) ? email : null,
    role: access.role,
    created_at: access.createdAt.toISOString(),
  };
}
