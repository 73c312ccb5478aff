import "server-only";

import { EXPIRING_WITHIN_DAYS, UNUSED_FOR_DAYS } from "@/lib/applications/application.schema";
import { IS_UNRESTRICTED } from "@/lib/applications/delegation/list-unrestricted-applications";
import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import type { Attention, EndingSecret, Findings, UnrestrictedApplication, UnusedApplication } from "./attention.types";

const SHOWN = 5;

type Counted<Row> = Row & { total: number };

/**
 * Reads what about the applications is worth a look: secrets that end soon, applications that act for anybody, and
 * those that nobody uses. Only active applications count, because the others can do no harm and need nothing.
 */
export async function getAttention(now: Date): Promise<Attention> {
  const [applications, endingSecrets, unrestricted, unused] = await Promise.all([
    database().application.count({ where: { deletedAt: null } }),
    findEndingSecrets(now, new Date(now.getTime() + EXPIRING_WITHIN_DAYS * DAY_MS)),
    findUnrestricted(),
    findUnused(new Date(now.getTime() - UNUSED_FOR_DAYS * DAY_MS)),
  ]);
  return {
    applications,
    endingSecrets: toFindings(endingSecrets),
    unrestricted: toFindings(unrestricted),
    unused: toFindings(unused),
  };
}

/** A secret ends by itself or because it was rotated; whichever comes first. Soonest first. */
function findEndingSecrets(now: Date, until: Date): Promise<Counted<EndingSecret>[]> {
  return database().$queryRaw<Counted<EndingSecret>[]>`
    WITH lives AS (
      SELECT s."id", s."application_id", s."hint", s."label", LEAST(s."revoked_at", s."expires_at") AS ends_at
      FROM "application_secrets" s
    )
    SELECT a."id" AS "applicationId", a."name", l."hint", l."label", l.ends_at AS "endsAt",
      (EXISTS (
        SELECT 1 FROM lives o WHERE o."application_id" = a."id" AND (o.ends_at IS NULL OR o.ends_at > ${until})
      ) OR EXISTS (
        SELECT 1 FROM "application_keys" k WHERE k."application_id" = a."id" AND k."revoked_at" IS NULL
      )) AS "hasSuccessor",
      (COUNT(*) OVER ())::int AS "total"
    FROM lives l
    JOIN "applications" a ON a."id" = l."application_id" AND a."is_active"
    WHERE l.ends_at > ${now} AND l.ends_at <= ${until}
    ORDER BY l.ends_at, l."id"
    LIMIT ${SHOWN}`;
}

/** Those that the page of all of them begins with, by name. */
function findUnrestricted(): Promise<Counted<UnrestrictedApplication>[]> {
  return database().$queryRaw<Counted<UnrestrictedApplication>[]>`
    SELECT a."id", a."name", (COUNT(*) OVER ())::int AS "total"
    FROM "applications" a
    WHERE a."is_active" AND ${IS_UNRESTRICTED}
    ORDER BY lower(a."name"), a."id"
    LIMIT ${SHOWN}`;
}

/** Longest unused first. What is younger than the limit has had no time to be used. */
function findUnused(since: Date): Promise<Counted<UnusedApplication>[]> {
  return database().$queryRaw<Counted<UnusedApplication>[]>`
    SELECT a."id", a."name", a."last_used_at" AS "lastUsedAt", a."created_at" AS "createdAt",
      (COUNT(*) OVER ())::int AS "total"
    FROM "applications" a
    WHERE a."is_active" AND a."created_at" < ${since} AND (a."last_used_at" IS NULL OR a."last_used_at" < ${since})
    ORDER BY COALESCE(a."last_used_at", a."created_at"), a."id"
    LIMIT ${SHOWN}`;
}

function toFindings<Row>(rows: Counted<Row>[]): Findings<Row> {
  return { count: rows[0]?.total ?? 0, rows: rows.map(({ total, ...row }) => row as unknown as Row) };
}
