import "server-only";

import { database } from "@/lib/db/client";

/** What a choice can hold and still be one; the rooms of any other application are reached from its own page. */
const CHOICES_MAX = 100;

/** Finds the applications whose rooms the list can be narrowed to. `chosen` is among them, or the form would lose it. */
export async function listRoomMakers(chosen: string): Promise<{ id: string; name: string | null }[]> {
  const select = { id: true, name: true } as const;
  const applications = await database().application.findMany({
    where: { deletedAt: null },
    select,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: CHOICES_MAX,
  });
  if (chosen === "" || applications.some(({ id }) => id === chosen)) return applications;
  const found = await database().application.findUnique({ where: { id: chosen, deletedAt: null }, select });
  return [...applications, found ?? { id: chosen, name: null }];
}
