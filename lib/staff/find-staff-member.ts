import "server-only";

import { database } from "@/lib/db/client";
import type { StaffDetail } from "./staff.types";
import { staffDetailSelect, toStaffDetail } from "./staff-projection";

/** Returns one member as they stand now; `undefined` for an id that nobody has. */
export async function findStaffMember(staffId: string, now: Date): Promise<StaffDetail | undefined> {
  const row = await database().staffMember.findUnique({ where: { id: staffId }, select: staffDetailSelect });
  return row === null ? undefined : toStaffDetail(row, now);
}
