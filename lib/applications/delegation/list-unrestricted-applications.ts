import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { UnrestrictedApplication } from "./delegation.types";

/** Says in SQL of an application, called `a`, that it is there and may act for anyone. */
export const IS_UNRESTRICTED = Prisma.sql`
  a."deleted_at" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "application_domains" o WHERE o."application_id" = a."id")
  AND NOT EXISTS (
    SELECT 1 FROM "application_person_rules" w WHERE w."application_id" = a."id" AND w."effect" = 'allow'
  )`;

/**
 * Every application that may act for anyone, because it has neither domains nor an allow list: those that are active
 * first, then by name. Counted is who is known, active, may be acted for and is not on the deny list; accounts of the
 * portal count when an administrator lets them be acted for.
 */
export async function listUnrestrictedApplications(): Promise<UnrestrictedApplication[]> {
  return database().$queryRaw<UnrestrictedApplication[]>`
    WITH reachable AS (
      SELECT p."email" FROM "people" p
      LEFT JOIN "staff_members" m ON m."email" = p."email"
      WHERE p."is_active" AND p."is_delegation_allowed" AND m."is_impersonation_allowed" IS NOT FALSE
    )
    SELECT
      a."id", a."name", a."is_active" AS "isActive", a."created_at" AS "createdAt", s."name" AS "createdByName",
      a."last_used_at" AS "lastUsedAt",
      ((SELECT count(*) FROM reachable) - (
        SELECT count(*) FROM "application_person_rules" d JOIN reachable r ON r."email" = d."email"
        WHERE d."application_id" = a."id" AND d."effect" = 'deny'
      ))::int AS "people"
    FROM "applications" a
    LEFT JOIN "staff_members" s ON s."id" = a."created_by_id"
    WHERE ${IS_UNRESTRICTED}
    ORDER BY a."is_active" DESC, lower(a."name"), a."id"`;
}
