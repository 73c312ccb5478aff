import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findActivity } from "@/lib/activity/find-activity";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { createExternalResource, createExternalRoute } from "@/lib/machine/external/external-route";
import type { M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityOf } from "@/lib/testing/machine/activity-rows";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  askForToken,
  callExternal,
  obtainToken,
  presentToken,
  send,
  TEST_ADDRESS,
} from "@/lib/testing/machine/machine-requests";
import { listRoute, openUntimedMachine as open } from "@/lib/testing/machine/untimed-machine";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
let client: TestClient;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  client = await createTestClient();
});

describe("the row of a request", () => {
  const path = "/api/external/rooms/0193a5a0-0000-7000-8000-000000000001";

  async function rowsOf(work: (machine: M2mApi, token: string) => Promise<unknown>, id = client.id) {
    const machine = open();
    const token = await obtainToken(machine, client);
    await work(machine, token);
    await machine.settled();
    return (await activityOf(id)).filter(({ jti }) => jti === null);
  }

  it("says of a call what was asked, about which room, by which secret and for whom, and how it ended", async () => {
    const [row, ...others] = await rowsOf((machine, token) => callExternal(listRoute(machine), { token, path }));
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      kind: "rooms",
      method: "GET",
      path: "/api/external/rooms/{room_id}",
      status: 200,
      reason: null,
      is_proven: true,
      client_id: null,
      credential_id: client.secretId,
      person_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      room_id: path.slice(-36),
      scopes: null,
      ip: TEST_ADDRESS,
    });
  });

  it("measures from the arrival to the decision, in microseconds", async () => {
    let milliseconds = 0;
    const machine = open({
      stopwatch: () => {
        milliseconds += 1.5;
        return milliseconds;
      },
    });
    await obtainToken(machine, client);
    expect(await activityOf(client.id)).toMatchObject([{ duration_us: 1_500 }]);
  });

  it.each([
    ["its scope", "rooms:delete", { status: 403, reason: "scope_missing" }],
    ["what its verb says", "rooms:list", { status: 404, reason: "room_not_found" }],
  ] as const)("says why a call was refused for %s", async (_what, scope, expected) => {
    const run = () => Promise.reject(new AppError("not_found", "room_not_found"));
    const rows = await rowsOf((machine, token) =>
      callExternal(createExternalRoute(() => machine)({ scope, run }), { token, path }),
    );
    expect(rows).toMatchObject([{ ...expected, path: "/api/external/rooms/{room_id}", is_proven: true }]);
  });

  it("is there for a token that is worth nothing any more, and names the application by its name alone", async () => {
    const rows = await rowsOf(async (machine, token) => {
      await database().application.update({ where: { id: client.id }, data: { isActive: false } });
      await callExternal(listRoute(machine), { token });
    });
    expect(rows).toMatchObject([{ status: 401, reason: "application_inactive", is_proven: true, client_id: null }]);
  });

  it("says which domain was refused, also of somebody who is not known, and no more of the address", async () => {
    const limited = await createTestClient({ domains: ["allowed.example"] });
    const rows = await rowsOf(
      (machine) => askForToken(machine, limited, { fields: { scope: "secret.name@Lyon.Example" } }),
      limited.id,
    );
    expect(rows).toMatchObject([{ reason: "domain_not_allowed", domain: "lyon.example", person_id: null }]);
    expect(JSON.stringify(rows)).not.toContain("secret.name");
  });

  it("says for whom a token was refused who is known, and keeps no domain that was not refused", async () => {
    const person = await createTestPerson({ isActive: false });
    const rows = await rowsOf((machine) => askForToken(machine, client, { fields: { scope: person.email } }));
    expect(rows).toMatchObject([{ reason: "subject_inactive", domain: null, person_id: person.id }]);
  });

  it("names neither person nor domain for who has not proved to be the application", async () => {
    const person = await createTestPerson({ email: "named@elsewhere.example" });
    const limited = await createTestClient({ domains: ["allowed.example"] });
    const forged = { ...limited, secret: "vst_forged" };
    const rows = await rowsOf(
      (machine) => askForToken(machine, forged, { fields: { scope: person.email } }),
      limited.id,
    );
    expect(rows).toMatchObject([{ is_proven: false, domain: null, person_id: null }]);
  });

  it("names nobody for a token that proves nothing", async () => {
    const machine = open();
    const answer = await callExternal(listRoute(machine), { token: "nonsense" });
    await machine.settled();
    expect(answer.status).toBe(401);
    const rows = await database().$queryRaw<object[]>`
      SELECT "is_proven", "person_id", "client_id", "status" FROM "activity" WHERE "reason" = 'not_compact_jws'`;
    expect(rows).toEqual([{ is_proven: false, person_id: null, client_id: null, status: 401 }]);
  });

  it("is there for what two other endpoints say of a token and do to it, and for their refusals", async () => {
    const rows = await rowsOf(async (machine, token) => {
      await presentToken(machine.introspectionEndpoint, client, token);
      await presentToken(machine.introspectionEndpoint, { ...client, secret: "vst_forged" }, token);
      await presentToken(machine.revocationEndpoint, client, token);
      await presentToken(machine.revocationEndpoint, client, token);
    });
    expect(
      rows.map(({ kind, path: called, status, reason }) => `${kind} ${called} ${status} ${reason}`).sort(),
    ).toEqual([
      "introspections /api/oauth/introspect 200 null",
      "introspections /api/oauth/introspect 401 bad_tag",
      "revocations /api/oauth/revoke 200 null",
      "revocations /api/oauth/revoke 200 null",
    ]);
  });

  it("has the reason of the last failure behind the status of too many", async () => {
    const rows = await rowsOf(async (machine) => {
      for (let attempt = 0; attempt < 21; attempt += 1) {
        await askForToken(machine, { ...client, secret: "vst_forged" }, { address: "198.51.100.77" });
        await machine.settled();
      }
    });
    expect(new Set(rows.map(({ status, reason }) => `${status} ${reason}`))).toEqual(
      new Set(["401 bad_tag", "429 bad_tag"]),
    );
  });

  it("is missing where nothing was decided: OPTIONS, a method that is not there, an API that is off", async () => {
    const count = async () =>
      (await database().$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM "activity"`)[0]?.n;
    const before = await count();
    const machine = open();
    const off = open({}, { externalApi: { ...testConfig().externalApi, enabled: false } });
    await send(machine.tokenEndpoint, new Request("http://localhost:3000/api/oauth/token", { method: "OPTIONS" }));
    await send(machine.tokenEndpoint, new Request("http://localhost:3000/api/oauth/token"));
    await callExternal(createExternalResource(() => machine)({ GET: listRoute(machine) }).OPTIONS, {
      method: "OPTIONS",
    });
    await callExternal(listRoute(off), { token: "x" });
    await Promise.all([machine.settled(), off.settled()]);
    expect(await count()).toBe(before);
  });

  it("is found by the id of its request, with the names of today", async () => {
    const machine = open();
    await obtainToken(machine, client);
    const [row] = await activityOf(client.id);
    expect(await findActivity(String(row?.request_id))).toEqual({
      at: row?.at,
      requestId: row?.request_id,
      kind: "tokens",
      method: "POST",
      path: "/api/oauth/token",
      status: 200,
      reason: null,
      isProven: true,
      application: { id: client.id, name: "Calendar" },
      person: { id: row?.person_id, email: "alice@example.com" },
      credential: { id: client.secretId, kind: "secret", hint: expect.stringMatching(/^.{4}$/) },
      roomId: null,
      scopes: ["rooms:create", "rooms:list", "rooms:retrieve"],
      domain: null,
      jti: row?.jti,
      ip: TEST_ADDRESS,
      durationUs: expect.any(Number),
      requests: 1,
    });
    expect(await findActivity(String(row?.request_id).slice(0, 8))).toBeUndefined();
    await database().application.delete({ where: { id: client.id } });
    expect(await findActivity(String(row?.request_id))).toMatchObject({ application: null, status: 200 });
  });
});
