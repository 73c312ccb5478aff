import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findActivity } from "@/lib/activity/find-activity";
import { storeActivity } from "@/lib/activity/store-activity";
import type { StaffActor } from "@/lib/audit/actor";
import { resolveInvolved } from "@/lib/audit/log/resolve-involved";
import { inOneStatement } from "@/lib/db/client";
import { isForeignKeyViolation } from "@/lib/db/constraint-violation";
import { setConfig } from "@/lib/env/config";
import { externalRoute } from "@/lib/machine/external-routes";
import { m2mApi } from "@/lib/machine/m2m-api";
import { getPerson } from "@/lib/people/get-person";
import { createRoom } from "@/lib/rooms/create-room";
import { getRoomForStaff } from "@/lib/rooms/staff/get-room-for-staff";
import { listRoomMakers } from "@/lib/rooms/staff/list-room-makers";
import { listRoomsForStaff } from "@/lib/rooms/staff/list-rooms-for-staff";
import { roomList } from "@/lib/rooms/staff/staff-room.schema";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import {
  actingFor,
  createTestClient,
  createTestPerson,
  type TestClient,
} from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { listRefusedApplications } from "@/lib/usage/list-refused-applications";
import { getAttention } from "./attention/get-attention";
import { getClientAuthentication } from "./authentication/get-client-authentication";
import { listUnrestrictedApplications } from "./delegation/list-unrestricted-applications";
import { deleteApplication } from "./delete-application";
import { getApplication } from "./get-application";
import { applicationList } from "./listing/application-list.schema";
import { listApplicationChoices } from "./listing/list-application-choices";
import { listApplications } from "./listing/list-applications";
import { purgeDeletedApplications } from "./purge-deleted-applications";
import { setApplicationStatus } from "./status/set-application-status";
import { updateApplication } from "./update-application";

const test = useTestDatabase();
const NAME = "Calendar";
let staff: StaffActor;
let client: TestClient;
let person: { id: string; email: string };

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

beforeEach(async () => {
  while ((await purgeDeletedApplications()) > 0);
  client = await createTestClient();
  person = await createTestPerson();
});

const remove = (rooms: "keep" | "delete" = "keep") =>
  deleteApplication(contextOf(staff), { applicationId: client.id, rooms, confirmation: NAME });

/** What an application leaves behind that was called very often: `count` rows in each of the tables of traffic. */
async function leaveTraffic(count: number, requestId: string): Promise<void> {
  const { database } = test;
  await database.$executeRaw`
    INSERT INTO "usage_hourly" ("hour", "application_id", "credential_id", "person_id", "kind", "outcome", "count", "last_at")
    SELECT date_trunc('hour', now(), 'UTC'), ${client.id}::uuid, gen_random_uuid(), ${person.id}::uuid, 'rooms', 'quota_exceeded', 1, now()
    FROM generate_series(1, ${count}::int)`;
  await database.$executeRaw`
    INSERT INTO "usage_daily" ("day", "application_id", "kind", "outcome", "count")
    SELECT current_date - n, ${client.id}::uuid, 'rooms', 'ok', 1 FROM generate_series(1, ${count}::int) n`;
  await storeActivity([activityRow({ at: new Date(), applicationId: client.id, requestId })]);
  await database.$executeRaw`
    INSERT INTO "idempotency_keys"
      ("id", "application_id", "person_id", "method", "path", "key", "request_digest", "response_status", "response_body", "expires_at")
    SELECT gen_random_uuid(), ${client.id}::uuid, ${person.id}::uuid, 'POST', '/', n::text, '', 201, '', now() + interval '1 day'
    FROM generate_series(1, ${count}::int) n`;
  for (let n = 0; n < count; n += 1) await createTestRoom(person.id, { createdByApplicationId: client.id });
}

describe("the purge of a deleted application", () => {
  it("removes all that it has left in slices of the given size, then its row, and keeps rooms and people", async () => {
    const other = await createTestClient();
    const mine = { createdByApplicationId: client.id };
    await test.database.person.update({ where: { id: person.id }, data: mine, select: { id: true } });
    await leaveTraffic(23, randomUUID());
    await remove();
    const slices: number[] = [];
    for (let rows = await purgeDeletedApplications(10); rows > 0; rows = await purgeDeletedApplications(10)) {
      slices.push(rows);
    }
    // 23 in each of three tables, a secret, 23 rooms, a person, and the row itself.
    expect(slices.reduce((sum, rows) => sum + rows, 0)).toBe(4 * 23 + 3);
    expect(slices.slice(0, -1).every((rows) => rows === 10)).toBe(true);
    const where = { applicationId: client.id };
    const { database } = test;
    expect([
      await database.usageHourly.count({ where }),
      await database.usageDaily.count({ where }),
      await database.idempotencyKey.count({ where }),
      await database.applicationSecret.count({ where }),
      await database.application.count({ where: { id: client.id } }),
    ]).toEqual([0, 0, 0, 0, 0]);
    const rooms = await database.room.findMany({
      where: { accesses: { some: { personId: person.id } } },
      select: { createdByApplicationId: true, deletedAt: true, version: true },
    });
    expect(rooms).toEqual(
      Array.from({ length: 23 }, () => ({ createdByApplicationId: null, deletedAt: null, version: 1 })),
    );
    expect((await getPerson(person.id)).createdBy).toBeNull();
    expect(await database.application.count({ where: { id: other.id } })).toBe(1);
  });

  it("by several instances at once does each thing once", async () => {
    await leaveTraffic(10, randomUUID());
    await remove();
    const left = () => test.database.application.count({ where: { id: client.id } });
    // A round that finds the application in the hands of another deals with nothing, and is over at once.
    const purge = async () => {
      let rows = 0;
      while ((await left()) > 0) rows += await purgeDeletedApplications(7);
      return rows;
    };
    const shares = await Promise.all([purge(), purge(), purge()]);
    expect(await left()).toBe(0);
    // 10 in each of three tables, a secret, 10 rooms, and the row itself.
    expect(shares.reduce((sum, rows) => sum + rows)).toBe(4 * 10 + 2);
  });

  it("leaves what is not deleted alone", async () => {
    expect(await purgeDeletedApplications()).toBe(0);
    expect((await getApplication(client.id)).id).toBe(client.id);
  });
});

describe("a deleted application whose rows are still there", () => {
  it("is found by nothing that lists, searches or names applications", async () => {
    const requestId = randomUUID();
    await leaveTraffic(1, requestId);
    const room = await createTestRoom(person.id, { createdByApplicationId: client.id });
    const mine = { createdByApplicationId: client.id };
    await test.database.person.update({ where: { id: person.id }, data: mine, select: { id: true } });
    const params = { ...applicationList.defaults };
    const now = new Date();
    const seen = async () => ({
      list: (await listApplications(params, now)).rows.some(({ id }) => id === client.id),
      search: (await listApplications({ ...params, q: client.clientId }, now)).rowCount > 0,
      choices: (await listApplicationChoices(now)).some(({ id }) => id === client.id),
      unrestricted: (await listUnrestrictedApplications()).rows.some(({ id }) => id === client.id),
      attention: (await getAttention(now)).unrestricted.rows.some(({ id }) => id === client.id),
      refused: (await listRefusedApplications(100, now)).rows.some(({ id }) => id === client.id),
      activity: (await findActivity(requestId))?.application != null,
      roomMakers: (await listRoomMakers("")).some(({ id }) => id === client.id),
      room: (await getRoomForStaff(room.id, testConfig(), now)).application !== null,
      roomSearch: (await listRoomsForStaff({ ...roomList.defaults, q: room.slug }, now)).rows[0]?.application !== null,
      roomsOfItsName: (await listRoomsForStaff({ ...roomList.defaults, q: NAME }, now)).rows.some(
        ({ id }) => id === room.id,
      ),
      person: (await getPerson(person.id)).createdBy !== null,
      auditChoices: (await resolveInvolved(NAME)).choices?.some(({ id }) => id === client.id),
    });
    const before = await seen();
    expect(Object.values(before).every(Boolean), JSON.stringify(before)).toBe(true);
    const { count } = (await getAttention(now)).applications;
    await remove();
    const after = await seen();
    expect(Object.values(after).some(Boolean), JSON.stringify(after)).toBe(false);
    expect((await getAttention(now)).applications.count).toBe(count - 1);
  });

  it("can be neither read nor changed, and not brought back", async () => {
    await remove();
    const applicationId = client.id;
    const details = { name: NAME, description: "", ownerContact: "", scopes: [] };
    for (const work of [
      () => getApplication(applicationId),
      () => getClientAuthentication(applicationId),
      () => setApplicationStatus(contextOf(staff), { applicationId, isActive: true }),
      () => updateApplication(contextOf(staff), { applicationId, ...details }),
      () => remove(),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "not_found" });
    }
    for (const [change, constraint] of [
      ["deleted_at = NULL", /immutable|constraint|23001/],
      ["is_active = true", /applications_deleted_is_inactive/],
    ] as const) {
      const sql = `UPDATE applications SET ${change} WHERE id = '${applicationId}'`;
      await expect(test.database.$executeRawUnsafe(sql)).rejects.toThrow(constraint);
    }
  });

  it("loses its tokens at once and is an unknown client", async () => {
    const token = await obtainToken(m2mApi(), client);
    const route = externalRoute({ scope: "rooms:list", run: async () => ({}) });
    expect((await callExternal(route, { token })).status).toBe(200);
    await remove();
    expect((await callExternal(route, { token })).status).toBe(401);
    expect(await askForToken(m2mApi(), client)).toMatchObject({ status: 401, json: { error: "invalid_client" } });
  });

  it("gets no room from a call that was let in before", async () => {
    const create = () => {
      const ctx = { ...contextOf(actingFor(person.id, client.id)), domains: "any" } as const;
      return inOneStatement((store) => createRoom(store, ctx, {}));
    };
    await create();
    await remove("delete");
    await expect(create()).rejects.toSatisfy(isForeignKeyViolation);
    expect(await test.database.room.count({ where: { createdByApplicationId: client.id, deletedAt: null } })).toBe(0);
  });

  it("lets another one take its name", async () => {
    await remove();
    expect((await createTestClient()).id).not.toBe(client.id);
  });
});
