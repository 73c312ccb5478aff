import { randomUUID } from "node:crypto";
import type { ActivityRow } from "@/lib/activity/activity-row";
import { database } from "@/lib/db/client";

/** A row of a token that was issued, unless told otherwise. */
export function activityRow(overrides: Partial<ActivityRow> = {}): ActivityRow {
  return {
    at: new Date("2026-11-23T12:30:00Z"),
    requestId: randomUUID(),
    kind: "tokens",
    method: "POST",
    path: "/api/oauth/token",
    status: 200,
    reason: null,
    applicationId: null,
    clientId: null,
    isProven: true,
    credentialId: null,
    personId: null,
    roomId: null,
    domain: null,
    scopes: null,
    jti: null,
    ip: "192.0.2.7",
    durationUs: 900,
    requests: 1,
    ...overrides,
  };
}

/** Returns what is stored of an application, oldest first, with every column. */
export function activityOf(applicationId: string): Promise<Record<string, unknown>[]> {
  return database().$queryRaw`
    SELECT * FROM "activity" WHERE "application_id" = ${applicationId}::uuid ORDER BY "at", "request_id"`;
}
