import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { ACTIVITY_KINDS, type ActivityEntry } from "./activity.types";

/** A row together with the names of today. Its kind may be one of a later version. */
export type StoredEntry = Omit<ActivityEntry, "kind" | "application" | "person"> & {
  kind: string;
  applicationId: string | null;
  applicationName: string | null;
  personId: string | null;
  personEmail: string | null;
};

/** What is read of rows of `activity`, called `e` there. Names are joined: there are no foreign keys. */
export const ENTRY_COLUMNS = Prisma.sql`
  e."at", e."request_id" AS "requestId", e."kind", e."method", e."path", e."status"::int AS "status", e."reason",
  e."is_proven" AS "isProven", a."id" AS "applicationId", a."name" AS "applicationName", p."id" AS "personId",
  p."email" AS "personEmail", e."scopes", e."jti", e."ip", e."duration_us" AS "durationUs"`;

export const ENTRY_NAMES = Prisma.sql`
  LEFT JOIN "applications" a ON a."id" = e."application_id" AND a."deleted_at" IS NULL
  LEFT JOIN "people" p ON p."id" = e."person_id"`;

/** Returns what staff read; nothing of a kind that this version does not know. */
export function toActivityEntries(rows: readonly StoredEntry[]): ActivityEntry[] {
  return rows.flatMap(({ kind, applicationId, applicationName, personId, personEmail, ...row }) => {
    const known = ACTIVITY_KINDS.find((name) => name === kind);
    if (known === undefined) return [];
    const application =
      applicationId === null || applicationName === null ? null : { id: applicationId, name: applicationName };
    const person = personId === null || personEmail === null ? null : { id: personId, email: personEmail };
    return [{ ...row, kind: known, application, person }];
  });
}
