import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { ACTIVITY_KINDS, type ActivityEntry } from "./activity.types";

/** A row together with the names of today. Its kind may be one of a later version. */
export type StoredEntry = Omit<ActivityEntry, "kind" | "application" | "person" | "credential"> & {
  kind: string;
  applicationId: string | null;
  applicationName: string | null;
  personId: string | null;
  personEmail: string | null;
  secretId: string | null;
  secretHint: string | null;
  keyId: string | null;
  kid: string | null;
};

/** What is read of rows of `activity`, called `e` there. Names are joined: there are no foreign keys. */
export const ENTRY_COLUMNS = Prisma.sql`
  e."at", e."request_id" AS "requestId", e."kind", e."method", e."path", e."status"::int AS "status", e."reason", e."domain",
  e."is_proven" AS "isProven", a."id" AS "applicationId", a."name" AS "applicationName", p."id" AS "personId",
  p."email" AS "personEmail", s."id" AS "secretId", s."hint" AS "secretHint", k."id" AS "keyId", k."kid",
  e."room_id" AS "roomId", e."scopes", e."jti", e."ip", e."duration_us" AS "durationUs", e."requests"`;

/** Of what nobody has proved, neither person nor credential is named: whoever sent it could have named anybody's. */
export const ENTRY_NAMES = Prisma.sql`
  LEFT JOIN "applications" a ON a."id" = e."application_id" AND a."deleted_at" IS NULL
  LEFT JOIN "people" p ON p."id" = e."person_id" AND e."is_proven"
  LEFT JOIN "application_secrets" s ON s."id" = e."credential_id" AND e."is_proven"
  LEFT JOIN "application_keys" k ON k."id" = e."credential_id" AND e."is_proven"`;

/** Returns what staff read; nothing of a kind that this version does not know. */
export function toActivityEntries(rows: readonly StoredEntry[]): ActivityEntry[] {
  return rows.flatMap(
    ({ kind, applicationId, applicationName, personId, personEmail, secretId, secretHint, keyId, kid, ...row }) => {
      const known = ACTIVITY_KINDS.find((name) => name === kind);
      if (known === undefined) return [];
      const application =
        applicationId === null || applicationName === null ? null : { id: applicationId, name: applicationName };
      const person = personId === null || personEmail === null ? null : { id: personId, email: personEmail };
      const secret =
        secretId === null || secretHint === null ? null : ({ id: secretId, kind: "secret", hint: secretHint } as const);
      const key = keyId === null || kid === null ? null : ({ id: keyId, kind: "key", hint: kid } as const);
      return [{ ...row, kind: known, application, person, credential: secret ?? key }];
    },
  );
}
