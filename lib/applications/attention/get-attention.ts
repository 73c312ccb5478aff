import "server-only";

import { IS_UNRESTRICTED } from "@/lib/applications/delegation/list-unrestricted-applications";
import { EXPIRING_WITHIN_DAYS, UNUSED_FOR_DAYS } from "@/lib/applications/listing/application-list.schema";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { COUNTED_MAX, countedUpTo } from "@/lib/list/counted";
import { ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import { DAY_MS } from "@/lib/time";
import type { Attention, EndingSecret, Findings, UnrestrictedApplication, UnusedApplication } from "./attention.types";

const SHOWN = 5;

/**
 * Reads what about the applications is worth a look: secrets that end soon, applications that act for anybody, and
 * those that nobody uses. Only active applications count, because the others can do no harm and need nothing. Of each at
 * most 1,000 are counted, and of all applications 10,000.
 */
export async function getAttention(now: Date): Promise<Attention> {
  const [applications, endingSecrets, unrestricted, unused] = await Promise.all([
    database().application.count({ where: { deletedAt: null }, take: ROWS_COUNTED_MAX + 1 }),
    findEndingSecrets(now, new Date(now.getTime() + EXPIRING_WITHIN_DAYS * DAY_MS)),
    findUnrestricted(),
    findUnused(new Date(now.getTime() - UNUSED_FOR_DAYS * DAY_MS)),
  ]);
  return { applications: countedUpTo(ROWS_COUNTED_MAX, applications), endingSecrets, unrestricted, unused };
}

/** Counts what `from` gives, with the conditions behind it, no further than needed. */
function upToMax(from: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 ${from} LIMIT ${COUNTED_MAX + 1}) AS counted)`;
}

/** A secret ends by itself or because it was rotated; whichever comes first. Soonest first. */
async function findEndingSecrets(now: Date, until: Date): Promise<Findings<EndingSecret>> {
  // The first condition says nothing new; the index is of those that end.
  const from = Prisma.sql`
    FROM "application_secrets" s
    JOIN "applications" a ON a."id" = s."application_id" AND a."is_active"
    WHERE (s."expires_at" IS NOT NULL OR s."revoked_at" IS NOT NULL)
      AND LEAST(s."expires_at", s."revoked_at") > ${now}::timestamptz
      AND LEAST(s."expires_at", s."revoked_at") <= ${until}::timestamptz`;
  const rows = await database().$queryRaw<(EndingSecret & { total: number })[]>`
    SELECT a."id" AS "applicationId", a."name", s."hint", s."label",
      LEAST(s."expires_at", s."revoked_at") AS "endsAt",
      (EXISTS (
        SELECT 1 FROM "application_secrets" o WHERE o."application_id" = a."id"
          AND (LEAST(o."expires_at", o."revoked_at") > ${until}::timestamptz
            OR (o."expires_at" IS NULL AND o."revoked_at" IS NULL))
      ) OR EXISTS (
        SELECT 1 FROM "application_keys" k WHERE k."application_id" = a."id" AND k."revoked_at" IS NULL
      )) AS "hasSuccessor",
      ${upToMax(from)} AS "total"
    ${from}
    ORDER BY LEAST(s."expires_at", s."revoked_at"), s."id"
    LIMIT ${SHOWN}`;
  return toFindings(rows);
}

/** Those that the page of all of them begins with, by name. */
async function findUnrestricted(): Promise<Findings<UnrestrictedApplication>> {
  const from = Prisma.sql`FROM "applications" a WHERE a."is_active" AND ${IS_UNRESTRICTED}`;
  const rows = await database().$queryRaw<(UnrestrictedApplication & { total: number })[]>`
    SELECT a."id", a."name", ${upToMax(from)} AS "total"
    ${from}
    ORDER BY a."is_active" DESC, lower(a."name"), a."id"
    LIMIT ${SHOWN}`;
  return toFindings(rows);
}

/**
 * Longest unused first. What is younger than the limit has had no time to be used. Used long ago and never used are read
 * apart: each has an index that gives its order.
 */
async function findUnused(since: Date): Promise<Findings<UnusedApplication>> {
  const lastUse = Prisma.sql`COALESCE(a."last_used_at", '-infinity'::timestamptz)`;
  const used = Prisma.sql`
    FROM "applications" a
    WHERE a."is_active" AND ${lastUse} > '-infinity'::timestamptz AND ${lastUse} < ${since}::timestamptz
      AND a."created_at" < ${since}::timestamptz`;
  const neverUsed = Prisma.sql`
    FROM "applications" a
    WHERE a."is_active" AND a."last_used_at" IS NULL AND a."created_at" < ${since}::timestamptz`;
  const rows = await database().$queryRaw<(UnusedApplication & { total: number })[]>`
    SELECT found.*, ${upToMax(used)} + ${upToMax(neverUsed)} AS "total"
    FROM (
      (SELECT a."id", a."name", a."last_used_at" AS "lastUsedAt", a."created_at" AS "createdAt"
       ${used} ORDER BY ${lastUse}, a."id" LIMIT ${SHOWN})
      UNION ALL
      (SELECT a."id", a."name", a."last_used_at" AS "lastUsedAt", a."created_at" AS "createdAt"
       ${neverUsed} ORDER BY a."created_at", a."id" LIMIT ${SHOWN})
    ) AS found
    ORDER BY COALESCE(found."lastUsedAt", found."createdAt"), found."id"
    LIMIT ${SHOWN}`;
  return toFindings(rows);
}

function toFindings<Row>(rows: (Row & { total: number })[]): Findings<Row> {
  return {
    ...countedUpTo(COUNTED_MAX, rows[0]?.total ?? 0),
    rows: rows.map(({ total, ...row }) => row as unknown as Row),
  };
}
