import "server-only";

import { database } from "@/lib/db/client";
import type { Statement } from "@/lib/db/statement";
import { type ActivityRow, toBoundedRow } from "./activity-row";

/**
 * An application that only has been named is looked up, which costs nothing for rows that have its id. A name that no
 * application has is kept if it has the form of those made here, and else may be anything: a password in the wrong field.
 */
const INSERT: Statement = {
  name: "activity_insert",
  text: `
    INSERT INTO "activity" (
      "at", "request_id", "kind", "method", "path", "status", "reason", "application_id", "client_id", "is_proven",
      "credential_id", "person_id", "room_id", "scopes", "jti", "ip", "duration_us", "requests", "domain")
    SELECT
      r.at, r.request_id, r.kind, r.method, r.path, r.status, r.reason, r.known_id,
      CASE WHEN r.known_id IS NULL AND r.client_id ~ '^[0-9A-Za-z]{40}$' THEN r.client_id END, r.is_proven,
      r.credential_id, r.person_id, r.room_id, string_to_array(r.scopes, ' '), r.jti, r.ip, r.duration_us, r.requests, r.domain
    FROM (
      SELECT u.*, CASE WHEN u.application_id IS NULL AND u.client_id IS NOT NULL
        THEN (SELECT a."id" FROM "applications" a WHERE a."client_id" = u.client_id AND a."deleted_at" IS NULL)
        ELSE u.application_id END AS known_id
      FROM unnest(
        $1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::text[], $8::uuid[],
        $9::text[], $10::boolean[], $11::uuid[], $12::uuid[], $13::uuid[], $14::text[], $15::text[], $16::text[],
        $17::int[], $18::int[], $19::text[]
      ) AS u(
        at, request_id, kind, method, path, status, reason, application_id, client_id, is_proven,
        credential_id, person_id, room_id, scopes, jti, ip, duration_us, requests, domain)
    ) r`,
};

/** Stores rows in one statement and one commit. Throws what the driver throws; then none of them is stored. */
export async function storeActivity(rows: readonly ActivityRow[]): Promise<void> {
  const bounded = rows.map(toBoundedRow);
  const column = <Value>(read: (row: ActivityRow) => Value) => bounded.map(read);
  await database().runStatement(INSERT, [
    column(({ at }) => at.toISOString()),
    column(({ requestId }) => requestId),
    column(({ kind }) => kind),
    column(({ method }) => method),
    column(({ path }) => path),
    column(({ status }) => status),
    column(({ reason }) => reason),
    column(({ applicationId }) => applicationId),
    column(({ clientId }) => clientId),
    column(({ isProven }) => isProven),
    column(({ credentialId }) => credentialId),
    column(({ personId }) => personId),
    column(({ roomId }) => roomId),
    // An array of arrays would come out flat; a scope holds no space (RFC 6749 §3.3).
    column(({ scopes }) => scopes?.join(" ") ?? null),
    column(({ jti }) => jti),
    column(({ ip }) => ip),
    column(({ durationUs }) => durationUs),
    column(({ requests }) => requests),
    column(({ domain }) => domain),
  ]);
}
