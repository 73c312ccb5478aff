import "server-only";

import { database } from "@/lib/db/client";

/** An application to choose from: what it is called, and the client ID, which is no secret. */
export type ApplicationChoice = { id: string; name: string; clientId: string };

const CHOICES_MAX = 500;

/** Lists the active applications by name, as many as a list to choose from can hold. */
export async function listApplicationChoices(): Promise<ApplicationChoice[]> {
  return database().application.findMany({
    where: { isActive: true, deletedAt: null },
    select: { id: true, name: true, clientId: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: CHOICES_MAX,
  });
}
