import "server-only";

import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { isUuid } from "@/lib/uuid";
import type { PersonDetail } from "./person.types";

/** Returns one person. Throws AppError `not_found` for an unknown id and for what is no id at all. */
export async function getPerson(personId: string): Promise<PersonDetail> {
  const row = isUuid(personId)
    ? await database().person.findUnique({
        where: { id: personId },
        select: {
          id: true,
          email: true,
          displayName: true,
          isActive: true,
          isDelegationAllowed: true,
          tokensRevokedAt: true,
          createdAt: true,
          createdByApplication: { where: { deletedAt: null }, select: { id: true, name: true } },
        },
      })
    : null;
  if (row === null) throw new AppError("not_found", "not_found");
  const { createdByApplication: createdBy, ...person } = row;
  const staff = await database().staffMember.findUnique({
    where: { email: row.email },
    select: { id: true, isImpersonationAllowed: true },
  });
  return { ...person, createdBy, staff };
}
