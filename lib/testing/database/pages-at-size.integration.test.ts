import { describe, expect, inject, it } from "vitest";
import { countCreatedRooms } from "@/lib/applications/count-created-rooms";
import { getDelegation } from "@/lib/applications/delegation/get-delegation";
import { listUnrestrictedApplications } from "@/lib/applications/delegation/list-unrestricted-applications";
import { applicationList, type ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { listApplications } from "@/lib/applications/listing/list-applications";
import { resolveInvolved } from "@/lib/audit/log/resolve-involved";
import { database } from "@/lib/db/client";
import { COUNTED_MAX } from "@/lib/list/counted";
import { MATCHES_COUNTED_MAX, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import { countKnownPeople } from "@/lib/people/count-known-people";
import { listPeople } from "@/lib/people/list-people";
import { listPersonRooms } from "@/lib/people/list-person-rooms";
import { type ListPeopleParams, personList } from "@/lib/people/person.schema";
import { listRooms } from "@/lib/rooms/listing/list-rooms";
import { listRoomMakers } from "@/lib/rooms/staff/list-room-makers";
import { listRoomsForStaff } from "@/lib/rooms/staff/list-rooms-for-staff";
import { type ListRoomsForStaffParams, roomList } from "@/lib/rooms/staff/staff-room.schema";
import { searchPortal } from "@/lib/search/search-portal";
import { testConfig } from "@/lib/testing/test-config";
import { rowsReadIn, useQueryPlans } from "./query-plans";

/** On the embedded database storing them takes longer than everything else here. */
const SIZE = inject("testDatabaseUrl") === "" ? 12_000 : 30_000;
const NOW = new Date("2026-11-23T12:30:00Z");
const ID = (text: string) => `md5('${text}')::uuid`;

/** Half of what anybody could ask for is frequent, and the rest rare; nothing is spread as evenly as one would wish. */
const { plansOf, statementsOf } = useQueryPlans(async (store) => {
  const fill = (sql: string) => store(sql.replaceAll("SIZE", String(SIZE)));
  await fill(`
    INSERT INTO applications (id, name, client_id, created_at, updated_at, last_used_at, is_active)
    SELECT md5('a' || n)::uuid, (ARRAY['Calendar', 'Diary', 'Portal'])[1 + n % 3] || ' ' || n, md5('client' || n),
      timestamptz '2026-11-01' - n * interval '10 minutes', now(),
      CASE WHEN n % 9 > 0 THEN timestamptz '2026-11-20' - n * interval '5 minutes' END, n % 12 > 0
    FROM generate_series(1, SIZE) n`);
  await fill(`
    INSERT INTO application_domains (id, application_id, domain)
    SELECT gen_random_uuid(), md5('a' || n)::uuid, 'org' || n % 500 || '.example' FROM generate_series(1, SIZE) n WHERE n % 40 > 0`);
  await fill(`
    INSERT INTO application_secrets (id, application_id, hash, hint, expires_at)
    SELECT gen_random_uuid(), md5('a' || n)::uuid, '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'abcd',
      CASE WHEN n % 50 = 0 THEN timestamptz '2026-11-25' + n * interval '1 minute' END
    FROM generate_series(1, SIZE) n`);
  await fill(`
    INSERT INTO people (id, email, display_name, is_active, is_delegation_allowed, created_at, updated_at)
    SELECT md5('p' || n)::uuid, (ARRAY['ana', 'ben', 'chloe'])[1 + n % 3] || n || '@org' || n % 700 || '.example',
      CASE WHEN n % 3 > 0 THEN 'Person ' || md5('name' || n) END, n % 60 > 0, n % 70 > 0,
      timestamptz '2026-11-01' - n * interval '1 minute', now()
    FROM generate_series(1, SIZE) n`);
  await fill(`
    INSERT INTO rooms (id, slug, name, access_level, external_id, expires_at, deleted_at, created_by_application_id, created_at, updated_at)
    SELECT md5('r' || n)::uuid, translate(substr(md5('s' || n), 1, 12), '0123456789', 'ghijklmnop'),
      (ARRAY['Weekly meeting', 'Stand-up', 'Interview'])[1 + n % 3] || ' ' || n, 'trusted', 'ext-' || n,
      CASE WHEN n % 80 = 0 THEN timestamptz '2026-11-01' END, CASE WHEN n % 90 = 0 THEN now() END,
      CASE WHEN n % 3 = 0 THEN ${ID("a1")} ELSE md5('a' || n)::uuid END, timestamptz '2026-11-01' - n * interval '1 minute', now()
    FROM generate_series(1, SIZE) n`);
  await fill(`
    INSERT INTO room_accesses (id, room_id, person_id, role, created_at)
    SELECT gen_random_uuid(), md5('r' || n)::uuid, CASE WHEN n % 20 = 0 THEN ${ID("p1")} ELSE md5('p' || n)::uuid END, 'owner',
      timestamptz '2026-11-01' - n * interval '1 minute'
    FROM generate_series(1, SIZE) n`);
  await store("VACUUM ANALYZE applications, application_domains, application_secrets, people, rooms, room_accesses");
});

const id = (text: string) =>
  database()
    .$queryRawUnsafe<{ id: string }[]>(`SELECT ${ID(text)} AS id`)
    .then(([row]) => row?.id ?? "");
const applications = (values: Partial<ListApplicationsParams>) => () =>
  listApplications({ ...applicationList.defaults, ...values }, NOW);
const people = (values: Partial<ListPeopleParams>) => () => listPeople({ ...personList.defaults, ...values });
const rooms = (values: Partial<ListRoomsForStaffParams>) => async () =>
  listRoomsForStaff({ ...roomList.defaults, ...values }, NOW);
const roomsOf =
  (name: string, values: Partial<ListRoomsForStaffParams> = {}) =>
  async () => {
    const application = await id(name);
    return listRoomsForStaff({ ...roomList.defaults, ...values, application }, NOW);
  };

const everywhere = (q: string, purpose?: "deactivate") => () =>
  searchPortal({ q, purpose }, { role: "administrator", now: NOW, addresses: testConfig() });

type Case = [what: string, work: () => Promise<unknown>];

/** What a page may read one step: rows as far as they are counted, and a page of them. */
const COUNTED: Case[] = [
  ["applications", applications({})],
  ["applications by name", applications({ sort: "name", dir: "asc" })],
  ["applications by last use", applications({ sort: "lastUsed" })],
  ["people", people({})],
  ["people by address", people({ sort: "email", dir: "asc" })],
  ["people by name", people({ sort: "name", dir: "asc" })],
  ["people by name, backwards", people({ sort: "name", dir: "desc" })],
  ["rooms", rooms({})],
  ["rooms by name, backwards", rooms({ sort: "name", dir: "desc" })],
  ["rooms of an application that has made a third of all", roomsOf("a1")],
  ["rooms of that application by name", roomsOf("a1", { sort: "name", dir: "desc" })],
  ["the report of unrestricted applications", listUnrestrictedApplications],
  ["how many people are known", countKnownPeople],
];

/** What is rare is found without reading what is not. */
const RARE: Case[] = [
  ["applications that act for anyone", applications({ anyDomain: true })],
  ["applications with a secret that ends", applications({ expiring: true })],
  ["an application by its name", applications({ q: "diary 11" })],
  ["applications by a domain", applications({ q: "org77.example" })],
  ["applications by what none is called", applications({ q: "zqzq" })],
  ["applications by a word of two letters that none has", applications({ q: "zq" })],
  ["applications by a mark that none has", applications({ q: "/" })],
  ["applications by a letter and a mark that none has", applications({ q: "z-" })],
  ["people who are inactive", people({ status: "inactive" })],
  ["people who are protected", people({ delegation: "off" })],
  ["people by an address", people({ q: "ana11112" })],
  ["people by their domain", people({ q: "@org77.example" })],
  ["people by what none is called", people({ q: "zqzq" })],
  ["people by a word of two letters that none has", people({ q: "zq" })],
  ["people by two marks that none has", people({ q: "++" })],
  ["people by a digit and a mark that none has", people({ q: "8/" })],
  ["rooms that have expired", rooms({ state: "expired" })],
  ["rooms that are deleted", rooms({ state: "deleted" })],
  ["rooms of an application that has made one", roomsOf("a4")],
  ["a room by its external id", rooms({ q: "ext-11111" })],
  ["rooms by the domain of their owner", rooms({ q: "@org77.example" })],
  ["rooms by what none is called", rooms({ q: "zqzq" })],
  ["rooms by a mark that an owner's address has", rooms({ q: "@" })],
  ["rooms by a letter and a mark that none has", rooms({ q: "z-" })],
  ["the rooms that an application has made, counted", async () => countCreatedRooms(await id("a1"))],
  ["the newest rooms of a person", async () => listPersonRooms(await id("p1"))],
  ["the makers of rooms to choose from", () => listRoomMakers("")],
  ["whom the audit log involves, by what none is called", () => resolveInvolved("zqzq")],
  ["whom the audit log involves, by an address that none has", () => resolveInvolved("nobody@zqzq.example")],
  ["for whom an application acts", async () => getDelegation(await id("a1"))],
];

/** So much is found that the list is read in its order until a page is full. */
const FREQUENT: Case[] = [
  ["applications by a name that a third has", applications({ q: "calendar" })],
  ["applications by a domain that all have", applications({ q: "example" })],
  ["people by what all have", people({ q: "example" })],
  ["whom the audit log involves, by what all have", () => resolveInvolved("example")],
  ["people by what a third has, sorted by it", people({ q: "chloe", sort: "email", dir: "asc" })],
  ["people by two letters with which a third begins", people({ q: "an" })],
  ["rooms by a name that a third has, sorted by it", rooms({ q: "meeting", sort: "name", dir: "asc" })],
  ["rooms by the address of an owner that all have", rooms({ q: "example" })],
  ["rooms by the name of an application that a third has", rooms({ q: "portal" })],
];

/** One text that is looked for among all of them, as somebody types it. */
const EVERYWHERE: Case[] = [
  ["an address", everywhere("ana11112@org11.example")],
  ["what none is called", everywhere("zqzq")],
  ["one letter", everywhere("c")],
  ["two letters with which a third begins", everywhere("an")],
  ["what all have", everywhere("example")],
  ["a name that a third has", everywhere("calendar")],
  ["the end of a client ID", everywhere("0f3a")],
  ["a request", everywhere("0198f3a2-9d4c-7c11-8a90-5f6e7d8c9b0a")],
  ["a mark", everywhere("@")],
  ["an application to deactivate", everywhere("diary", "deactivate")],
  ["the application to deactivate that was used last", everywhere("", "deactivate")],
];

describe(`with ${SIZE} applications, people and rooms`, () => {
  it.each(COUNTED)("no step reads more than is counted and shown: %s", async (_what, work) => {
    for (const plan of await plansOf(work)) expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(ROWS_COUNTED_MAX + 51);
  });

  it.each(RARE)("no step reads more than a small part: %s", async (_what, work) => {
    for (const plan of await plansOf(work)) expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(2 * MATCHES_COUNTED_MAX);
  });

  it.each(FREQUENT)("what is found everywhere is not collected: %s", async (_what, work) => {
    for (const plan of await plansOf(work)) {
      // A bitmap is of row numbers: whoever reads it stops as well.
      const read = plan.replaceAll(/^.*Bitmap(?: Index Scan|Or).*$/gm, "");
      expect(rowsReadIn(read), plan).toBeLessThanOrEqual(4 * MATCHES_COUNTED_MAX);
    }
  });

  it.each(EVERYWHERE)(
    "the search of the portal reads no more than lists may, in few statements: %s",
    async (_what, work) => {
      for (const plan of await plansOf(work)) {
        const read = plan.replaceAll(/^.*Bitmap(?: Index Scan|Or).*$/gm, "");
        expect(rowsReadIn(read), plan).toBeLessThanOrEqual(ROWS_COUNTED_MAX + 51);
      }
      expect((await statementsOf(work)).length).toBeLessThanOrEqual(9);
    },
  );

  it.each([...COUNTED, ...RARE, ...FREQUENT])("asks no statement for a row: %s", async (_what, work) => {
    expect((await statementsOf(work)).length).toBeLessThanOrEqual(6);
  });

  it.each([
    ["applications", applications],
    ["people", people],
    ["rooms", rooms],
  ])("asks nothing of the database about marks alone, and says so: %s", async (table, list) => {
    for (const q of ["@", "--"]) {
      let found: unknown;
      const asked = await statementsOf(async () => {
        found = await list({ q })();
      });
      expect(asked.filter((sql) => sql.includes(table))).toEqual([]);
      expect(found).toMatchObject({ rows: [], rowCount: 0, isSearchable: false });
    }
    expect(await list({ q: "zqzq" })()).toMatchObject({ rows: [], rowCount: 0, isSearchable: true });
  });

  it("lists the rooms of a person who has many by their roles, not through everybody's rooms", async () => {
    const reader = {
      actor: {
        kind: "application",
        id: await id("a1"),
        personId: await id("p1"),
        ip: "192.0.2.7",
        requestId: "r",
      } as const,
    };
    for (const query of [{}, { page: "2" }, { limit: 20 }]) {
      const plans = await plansOf(() => listRooms(query, { ...reader, config: testConfig() }), "room_accesses");
      expect(plans).toHaveLength(1);
      for (const plan of plans) expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(SIZE / 20 + 1);
    }
  });

  it("says how much is found as far as it is counted, and that so much comes newest first", async () => {
    const all = await listPeople({ ...personList.defaults, q: "example", sort: "email", dir: "asc" });
    expect(all).toMatchObject({ rowCount: MATCHES_COUNTED_MAX, hasMoreRows: true, isNewestFirst: true });
    const times = all.rows.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual([...times].sort((one, other) => other - one));
    const few = await listPeople({ ...personList.defaults, q: "@org77.example", sort: "email", dir: "asc" });
    expect(few).toMatchObject({ hasMoreRows: false, isNewestFirst: false });
    const emails = few.rows.map(({ email }) => email);
    expect(emails).toEqual([...emails].sort());
    expect(await countCreatedRooms(await id("a1"))).toEqual({ count: COUNTED_MAX, hasMore: true });
  });
});
