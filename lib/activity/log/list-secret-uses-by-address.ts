import "server-only";

import { isIP } from "node:net";
import { database } from "@/lib/db/client";
import { clientAddressKey } from "@/lib/http/client-address-key";
import { DAY_MS } from "@/lib/time";
import { ROWS_LOOKED_AT_MAX } from "./list-activity";
import { planSlices, type TimeSlice } from "./plan-slices";

/** What one address did with one secret, or with the tokens that it obtained by it. */
export type UseByAddress = {
  /** An IPv4 address, or the network of an IPv6 one; null where none is known. */
  address: string | null;
  secretId: string;
  requests: number;
  lastAt: Date;
};

/** `lookedUntil`: requests before that moment were not looked at; null when all of the 24 hours were. */
export type UsesByAddress = { uses: UseByAddress[]; lookedUntil: Date | null };

type Asked = { applicationId: string; secretIds: readonly string[] };
type Scan = { scanned: number; oldestAt: Date | null };
type Row = Scan & { ip: string | null; secretId: string; requests: number; lastAt: Date };

/**
 * Lists from where some secrets of an application were used in the last 24 hours. Of a busy application the newest
 * requests alone are looked at, as many as for a page of the log.
 */
export async function listSecretUsesByAddress(
  asked: Asked,
  { now, rowsMax = ROWS_LOOKED_AT_MAX }: { now: Date; rowsMax?: number },
): Promise<UsesByAddress> {
  const uses = new Map<string, UseByAddress>();
  let left = rowsMax;
  for (const slice of planSlices(
    { since: new Date(now.getTime() - DAY_MS), until: now },
    { now, order: "newestFirst" },
  )) {
    const rows = await readSlice(asked, slice, left);
    for (const row of rows) if (row.ip !== null) add(uses, row);
    const { scanned, oldestAt } = rows[0] ?? { scanned: 0, oldestAt: null };
    left -= scanned;
    if (left <= 0) return { uses: [...uses.values()], lookedUntil: oldestAt };
  }
  return { uses: [...uses.values()], lookedUntil: null };
}

function readSlice({ applicationId, secretIds }: Asked, { from, to }: TimeSlice, left: number): Promise<Row[]> {
  return database().$queryRaw<Row[]>`
    WITH "scanned" AS MATERIALIZED (
      SELECT "at", "ip", "credential_id", "requests", "is_proven" FROM "activity"
      WHERE "at" >= ${from} AND "at" < ${to} AND "application_id" = ${applicationId}::uuid
      ORDER BY "at" DESC LIMIT ${left}
    ), "found" AS (
      SELECT "ip", "credential_id", SUM("requests")::float8 AS "requests", MAX("at") AS "last_at"
      FROM "scanned" WHERE "is_proven" AND "credential_id" = ANY(${[...secretIds]}::uuid[])
      GROUP BY "ip", "credential_id"
    )
    SELECT s."scanned", s."oldestAt", f."ip", f."credential_id" AS "secretId", f."requests", f."last_at" AS "lastAt"
    FROM (SELECT COUNT(*)::int AS "scanned", MIN("at") AS "oldestAt" FROM "scanned") s LEFT JOIN "found" f ON TRUE`;
}

/** Whoever has an IPv6 network calls from any of its addresses, and from another one tomorrow. */
function add(uses: Map<string, UseByAddress>, { ip, secretId, requests, lastAt }: Row): void {
  const address = ip === null || isIP(ip.replace(/%.*$/, "")) === 0 ? null : clientAddressKey(ip);
  const key = `${secretId} ${address}`;
  const known = uses.get(key);
  uses.set(key, {
    address,
    secretId,
    requests: (known?.requests ?? 0) + requests,
    lastAt: known === undefined || lastAt > known.lastAt ? lastAt : known.lastAt,
  });
}
