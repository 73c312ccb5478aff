// Runs on both databases: arrays of values of every kind, and rows that a table would refuse.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { storeActivity } from "./store-activity";

useTestDatabase();
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

function read(requestId: string): Promise<Record<string, unknown>[]> {
  return database().$queryRaw`SELECT * FROM "activity" WHERE "request_id" = ${requestId}`;
}

describe("a stored row", () => {
  it("is what was given, whether all of it is there or nearly nothing", async () => {
    const [whole, bare] = [randomUUID(), randomUUID()];
    const ids = { applicationId: client.id, credentialId: randomUUID(), personId: randomUUID(), roomId: randomUUID() };
    const at = new Date("2026-11-30T10:00:00.123Z");
    const rest = {
      domain: "lyon.example",
      jti: "jti-1",
      scopes: ["rooms:create", "rooms:list"],
      requests: 3,
      durationUs: 1_234,
    };
    await storeActivity([
      activityRow({ ...ids, ...rest, at, requestId: whole, kind: "rooms", reason: 'a,b"c{}' }),
      activityRow({ requestId: bare, isProven: false }),
    ]);
    expect(await read(whole)).toEqual([
      {
        at,
        request_id: whole,
        kind: "rooms",
        method: "POST",
        path: "/api/oauth/token",
        status: 200,
        reason: 'a,b"c{}',
        application_id: ids.applicationId,
        client_id: null,
        is_proven: true,
        credential_id: ids.credentialId,
        person_id: ids.personId,
        room_id: ids.roomId,
        scopes: ["rooms:create", "rooms:list"],
        domain: "lyon.example",
        jti: "jti-1",
        ip: "192.0.2.7",
        duration_us: 1_234,
        requests: 3,
      },
    ]);
    expect(await read(bare)).toMatchObject([
      { reason: null, application_id: null, client_id: null, is_proven: false, scopes: null, jti: null, requests: 1 },
    ]);
  });

  it("fits, whatever it was made of", async () => {
    const requestId = `${randomUUID()}${"x".repeat(100)}`;
    await storeActivity([
      activityRow({
        requestId,
        method: "M".repeat(300),
        path: `/${"p".repeat(300)}`,
        reason: `\0\ud800${"r".repeat(300)}`,
        ip: "f".repeat(300),
        jti: "j".repeat(300),
        credentialId: "no id",
        personId: "",
        roomId: "..",
        clientId: "c".repeat(300),
        durationUs: Number.MAX_SAFE_INTEGER,
        requests: -1,
      }),
    ]);
    const [row] = await read(requestId.slice(0, 64));
    expect(row).toMatchObject({
      method: "MMMMMMMM",
      reason: `\ufffd${"r".repeat(62)}`,
      credential_id: null,
      person_id: null,
      room_id: null,
      client_id: null,
      duration_us: 2_147_483_647,
      requests: 0,
    });
  });

  it.each<[string, () => string, (row: Record<string, unknown>) => unknown, unknown]>([
    ["of an application", () => client.clientId, (row) => row.client_id, null],
    ["of a kind that is made here", () => "a".repeat(40), (row) => row.client_id, "a".repeat(40)],
    ["of any other kind, such as an address", () => "ana@example.com", (row) => row.client_id, null],
    ["that is a secret", () => client.secret, (row) => row.client_id, null],
  ])("keeps a name %s only if it may be nothing else", async (_what, name, pick, expected) => {
    const requestId = randomUUID();
    await storeActivity([activityRow({ requestId, clientId: name(), isProven: false })]);
    const [row] = await read(requestId);
    expect(row && pick(row)).toBe(expected);
    expect(row?.application_id).toBe(name() === client.clientId ? client.id : null);
  });

  it("names no application that is deleted", async () => {
    const gone = await createTestClient();
    const deleted = { isActive: false, deletedAt: new Date() };
    await database().application.update({ where: { id: gone.id }, data: deleted, select: { id: true } });
    const requestId = randomUUID();
    await storeActivity([activityRow({ requestId, clientId: gone.clientId })]);
    expect(await read(requestId)).toMatchObject([{ application_id: null, client_id: gone.clientId }]);
  });

  it("is stored with all others of its group, or none is", async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const faulty = { ...activityRow({ requestId: second }), status: 99_999 };
    await expect(storeActivity([activityRow({ requestId: first }), faulty])).rejects.toMatchObject({
      code: expect.stringMatching(/^22/),
    });
    expect([await read(first), await read(second)]).toEqual([[], []]);
  });
});
