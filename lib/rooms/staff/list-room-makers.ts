import "server-only";

import { database } from "@/lib/db/client";

/** What a choice can hold and still be one; the rooms of any other application are reached from its own page. */
const CHOICES_MAX = 100;

/** Finds the applications whose rooms the list can be narrowed to. `chosen` is among them, or the form would lose it. */
export async function listRoomMakers(chosen: string): Promise<{ id: string; name: string | null }[]> {
  // In the order of the list of applications, which has an index.
  const applications = await database().$queryRaw<{ id: string; name: string | null }[]>`
    SELECT id, name FROM applications WHERE deleted_at IS NULL ORDER BY lower(name), id LIMIT ${CHOICES_MAX}`;
  if (chosen === "" || applications.some(({ id }) => id === chosen)) return applications;
  const found = await database().application.findUnique({
    where: { id: chosen, deletedAt: null },
    select: { id: true, name: true },
  });
  return [...applications, found ?? { id: chosen, name: null }];
}
