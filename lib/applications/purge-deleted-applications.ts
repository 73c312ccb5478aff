import "server-only";

import { inTransaction, type Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Rows that one transaction removes at most: it holds others up no longer than any other purge. */
const ROWS_AT_ONCE = 1_000;

/** What goes with an application, the many first: what leads to it and what it is made of go last. */
const OWNED_TABLES = [
  "usage_hourly",
  "usage_daily",
  "idempotency_keys",
  "assertion_jtis",
  "revoked_tokens",
  "application_person_rules",
  "application_domains",
  "application_keys",
  "pick_up_links",
  "application_secrets",
] as const;

/** What stays, and forgets which application made it. */
const MADE_TABLES = ["rooms", "people"] as const;

/**
 * Removes a slice of what deleted applications have left, and of one that has left nothing more the row itself. Several
 * instances may do it at once. Returns how many rows it has dealt with: 0 when there is nothing to do.
 */
export async function purgeDeletedApplications(rowsAtOnce: number = ROWS_AT_ONCE): Promise<number> {
  return inTransaction(async (tx) => {
    // What another instance is removing already is left to it. Nothing new comes in while it is held.
    const [application] = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "applications" WHERE "deleted_at" IS NOT NULL
      ORDER BY "deleted_at" LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (application === undefined) return 0;
    const { id } = application;
    let rows = 0;
    for (const table of OWNED_TABLES) rows += await deleteRows(tx, table, id, rowsAtOnce - rows);
    for (const table of MADE_TABLES) rows += await forgetMaker(tx, table, id, rowsAtOnce - rows);
    if (rows >= rowsAtOnce) return rows;
    await tx.application.delete({ where: { id }, select: { id: true } });
    return rows + 1;
  });
}

/** By their place in the table, for some have no id. One that moved meanwhile stays until the row goes, and goes with it. */
function deleteRows(tx: Transaction, table: string, applicationId: string, limit: number): Promise<number> {
  const name = Prisma.raw(`"${table}"`);
  return tx.$executeRaw`
    DELETE FROM ${name} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${name} WHERE "application_id" = ${applicationId}::uuid LIMIT ${limit}))`;
}

function forgetMaker(tx: Transaction, table: string, applicationId: string, limit: number): Promise<number> {
  const name = Prisma.raw(`"${table}"`);
  return tx.$executeRaw`
    UPDATE ${name} SET "created_by_application_id" = NULL WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${name} WHERE "created_by_application_id" = ${applicationId}::uuid LIMIT ${limit}))`;
}
