import "server-only";

import { database } from "@/lib/db/client";
import type { CredentialName } from "../activity.types";

/** What a choice can hold and still be one; whatever is not in it is reached from its own page. */
const CHOICES_MAX = 100;

/** Lists the secrets and keys of an application, the newest first: what its requests can be narrowed to. */
export async function listCredentialChoices(applicationId: string): Promise<CredentialName[]> {
  const [secrets, keys] = await Promise.all([
    database().applicationSecret.findMany({
      where: { applicationId },
      select: { id: true, hint: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: CHOICES_MAX,
    }),
    database().applicationKey.findMany({
      where: { applicationId },
      select: { id: true, kid: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: CHOICES_MAX,
    }),
  ]);
  return [
    ...secrets.map(({ id, hint }) => ({ id, kind: "secret" as const, hint })),
    ...keys.map(({ id, kid }) => ({ id, kind: "key" as const, hint: kid })),
  ];
}

/** Lists applications by name, as many as a choice can hold. */
export async function listApplicationNames(): Promise<{ id: string; name: string }[]> {
  return database().$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM applications WHERE deleted_at IS NULL ORDER BY lower(name), id LIMIT ${CHOICES_MAX}`;
}
