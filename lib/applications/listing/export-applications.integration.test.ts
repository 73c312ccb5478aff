import { beforeAll, describe, expect, it } from "vitest";
import { applicationList, type ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { EXPORT_FIELDS, type ExportedApplication, exportApplications } from "./export-applications";
import { listApplications } from "./list-applications";

useTestDatabase();

const MANY = 1_234;
const now = new Date(Date.UTC(2026, 5, 1));

beforeAll(async () => {
  await database().$executeRaw`
    INSERT INTO applications (id, name, client_id, is_active, created_at, updated_at, last_used_at)
    SELECT gen_random_uuid(), 'Many ' || (n % 7), 'many' || n, n % 2 = 0, '2026-01-01'::timestamptz + n % 50 * interval '1 hour', now(),
      CASE WHEN n % 3 = 0 THEN NULL ELSE '2026-02-01'::timestamptz + n % 11 * interval '1 millisecond' END
    FROM generate_series(1, ${MANY}::int) AS n`;
});

async function exported(values: Partial<ListApplicationsParams>): Promise<ExportedApplication[]> {
  const rows: ExportedApplication[] = [];
  for await (const batch of exportApplications({ ...applicationList.defaults, ...values }, now)) {
    expect(batch.length).toBeLessThanOrEqual(500);
    rows.push(...batch);
  }
  return rows;
}

describe("exportApplications", () => {
  it.each(
    (["created", "name", "lastUsed"] as const).flatMap((sort) =>
      (["asc", "desc"] as const).map((dir) => ({ sort, dir })),
    ),
  )("gives everything once, across batches, in the order of the list: $sort $dir", async (order) => {
    const rows = await exported({ q: "many", ...order });
    expect(rows).toHaveLength(MANY);
    expect(new Set(rows.map(({ clientId }) => clientId)).size).toBe(MANY);
    const listed = [];
    for (const page of [1, 12, 25]) {
      const params = { ...applicationList.defaults, q: "many", ...order, page, perPage: 50 as const };
      for (const { clientId } of (await listApplications(params, now)).rows) listed.push([page, clientId]);
    }
    const expected = [1, 12, 25].flatMap((page) =>
      rows.slice((page - 1) * 50, page * 50).map(({ clientId }) => [page, clientId]),
    );
    expect(listed).toEqual(expected);
  });

  it("gives exactly what is filtered, whatever the page", async () => {
    const rows = await exported({ q: "many 3", status: "active", page: 2, perPage: 10 });
    const params = { ...applicationList.defaults, q: "many 3", status: "active" as const };
    expect(rows).toHaveLength((await listApplications(params, now)).rowCount);
    expect(rows.every(({ name, status }) => name === "Many 3" && status === "active")).toBe(true);
    expect(await exported({ q: "no such application" })).toEqual([]);
    // As the list: it does not look for marks alone.
    expect(await exported({ q: "-" })).toEqual([]);
  });

  it("goes on where it was when the row before is deleted meanwhile", async () => {
    const batches = exportApplications({ ...applicationList.defaults, q: "many" }, now);
    const first = (await batches.next()).value as ExportedApplication[];
    await database().application.deleteMany({ where: { clientId: String(first.at(-1)?.clientId) } });
    let count = first.length;
    for await (const batch of batches) count += batch.length;
    expect(count).toBe(MANY);
  });

  it("tells of an application what it may do and when a secret ends, and nothing of the secret", async () => {
    await database().application.create({
      data: {
        name: "=cmd|' /C calc'!A0",
        clientId: "exportedClient",
        ownerContact: "owner@example.org",
        scopes: ["rooms:create"],
        createdAt: new Date(Date.UTC(2026, 0, 2)),
        domains: { create: [{ domain: "b.example" }, { domain: "a.example" }] },
        secrets: {
          create: [
            { hash: "a secret that is never exported", hint: "wxyz", expiresAt: new Date(Date.UTC(2026, 6, 1)) },
            { hash: "another secret", hint: "wxyz", revokedAt: new Date(Date.UTC(2026, 5, 9)) },
            { hash: "an ended secret", hint: "wxyz", revokedAt: new Date(Date.UTC(2026, 4, 1)) },
          ],
        },
      },
    });
    const rows = await exported({ q: "exportedClient" });
    expect(rows).toEqual([
      {
        name: "=cmd|' /C calc'!A0",
        clientId: "exportedClient",
        status: "active",
        scopes: ["rooms:create"],
        domains: ["a.example", "b.example"],
        ownerContact: "owner@example.org",
        description: "",
        grantTypes: ["client_credentials"],
        authenticationMethods: ["client_secret_basic", "client_secret_post"],
        createdAt: "2026-01-02T00:00:00.000Z",
        lastUsedAt: null,
        liveSecrets: 2,
        nextSecretEnd: "2026-06-09T00:00:00.000Z",
      },
    ]);
    expect(Object.keys(rows[0] ?? {})).toEqual([...EXPORT_FIELDS]);
    expect(JSON.stringify(rows)).not.toMatch(/argon2|wxyz|secret that/);
  });
});
