// Runs on both databases: arrays of codes, places between rows of the same moment, and partitions.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { maintainPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/time";
import type { ActivityRow } from "../activity-row";
import { storeActivity } from "../store-activity";
import { activityLogParams } from "./activity-log.schema";
import type { ActivityPage } from "./activity-log.types";
import { getActivityScope } from "./get-activity-scope";
import { listActivity } from "./list-activity";
import { listSecretUsesByAddress } from "./list-secret-uses-by-address";

useTestDatabase();
const NOW = new Date("2026-11-30T12:30:00Z");
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);

let client: TestClient;
let other: TestClient;
let second: string;
const ana = { id: "", email: "ana@example.com" };
const ben = { id: "", email: "ben@example.com" };

type Query = Record<string, string>;
type Options = { perPage?: number; rowsMax?: number };

async function read(query: Query, options: Options = {}): Promise<ActivityPage> {
  const { before, after, request: _, ...filter } = activityLogParams.parse(query);
  const scope = await getActivityScope(filter, { now: NOW, retentionDays: 30 });
  return listActivity(scope, { before, after }, { now: NOW, ...options });
}

const idsOf = ({ entries }: ActivityPage) => entries.map(({ requestId }) => requestId);
const find = async (query: Query) => idsOf(await read(query));

/** Rows by the ids of their requests; those of `client` unless told otherwise. */
async function store(rows: Record<string, Partial<ActivityRow>>): Promise<void> {
  await storeActivity(
    Object.entries(rows).map(([requestId, row]) => {
      const own = { applicationId: client.id, credentialId: client.secretId };
      return activityRow({ requestId, at: ago(MINUTE_MS), ...own, ...row });
    }),
  );
}

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
  other = await createTestClient();
  second = (await addTestSecret(client)).secretId;
  for (const person of [ana, ben]) {
    person.id = (await database().person.create({ data: { email: person.email }, select: { id: true } })).id;
  }
  await store({
    ok: { personId: ana.id },
    "ok-room": { kind: "rooms", method: "GET", path: "/api/external/rooms", at: ago(2 * MINUTE_MS), personId: ben.id },
    domain: { at: ago(3 * MINUTE_MS), status: 400, reason: "domain_not_allowed" },
    "scope-token": { at: ago(4 * MINUTE_MS), status: 400, reason: "scope_missing" },
    "scope-room": { at: ago(5 * MINUTE_MS), kind: "rooms", status: 403, reason: "scope_missing", personId: ana.id },
    overload: { at: ago(6 * MINUTE_MS), status: 503, reason: "verification_overloaded", credentialId: second },
    future: { at: ago(7 * MINUTE_MS), status: 400, reason: "code_of_next_year" },
    forged: { at: ago(8 * MINUTE_MS), status: 401, reason: "bad_tag", isProven: false, personId: ana.id, requests: 7 },
    elsewhere: { at: ago(9 * MINUTE_MS), applicationId: other.id, credentialId: other.secretId, personId: ana.id },
    nobody: {
      at: ago(10 * MINUTE_MS),
      applicationId: null,
      credentialId: null,
      isProven: false,
      reason: "token_missing",
    },
    "two-hours": { at: ago(2 * HOUR_MS) },
    "two-days": { at: ago(2 * DAY_MS), reason: "domain_not_allowed", status: 400 },
    "nine-days": { at: ago(9 * DAY_MS) },
    old: { at: ago(31 * DAY_MS) },
  });
  // Some rows are in a day with indexes, some in an hour with them, some in one without, and some in none of them.
  while ((await maintainPartitions({ now: NOW, retentionDays: 60 })) > 0);
});

const OF_CLIENT = ["ok", "ok-room", "domain", "scope-token", "scope-room", "overload", "future", "forged"];

describe("the log of requests", () => {
  it("has everything of the last seven days unless told otherwise, newest first", async () => {
    expect(await find({})).toEqual([...OF_CLIENT, "elsewhere", "nobody", "two-hours", "two-days"]);
  });

  it.each<[string, () => Query, string[]]>([
    ["an application", () => ({ application: other.id }), ["elsewhere"]],
    ["what was answered", () => ({ outcome: "answered", range: "1h" }), ["ok", "ok-room", "elsewhere"]],
    ["what failed for our sake", () => ({ outcome: "failed" }), ["overload"]],
    [
      "what was refused",
      () => ({ outcome: "refused", application: client.id }),
      ["domain", "scope-token", "scope-room", "future", "forged", "two-days"],
    ],
    ["a status", () => ({ status: "403" }), ["scope-room"]],
    ["a cause", () => ({ cause: "domain" }), ["domain", "two-days"]],
    ["a cause that a code has for tokens alone", () => ({ cause: "personMissing" }), ["scope-token"]],
    ["a cause that the same code has for rooms alone", () => ({ cause: "scopeNotAsked" }), ["scope-room"]],
    ["other causes, with codes that this version does not know", () => ({ cause: "other" }), ["future", "nobody"]],
    ["an answer with a cause, which there is none of", () => ({ cause: "domain", outcome: "answered" }), []],
    ["a person by id", () => ({ person: ben.id }), ["ok-room"]],
    ["a person by address, in any case", () => ({ person: "Ben@Example.com" }), ["ok-room"]],
    ["a person and an application", () => ({ person: ana.id, application: other.id }), ["elsewhere"]],
    ["a secret", () => ({ secret: second }), ["overload"]],
    ["an hour", () => ({ range: "1h", application: client.id }), OF_CLIENT],
    ["a day", () => ({ range: "24h", application: client.id }), [...OF_CLIENT, "two-hours"]],
    ["a day of its own", () => ({ from: "2026-11-28", to: "2026-11-28" }), ["two-days"]],
    ["a time without an end", () => ({ from: "2026-11-30T12:29" }), ["ok"]],
    ["a time without a beginning", () => ({ to: "2026-11-27" }), ["nine-days"]],
  ])("is narrowed to %s", async (_what, query, expected) => {
    expect(await find(query())).toEqual(expected);
  });

  it.each<[string, () => Query]>([
    ["a person whom nobody knows", () => ({ person: "nobody@example.com" })],
    ["a person by what is neither an id nor an address", () => ({ person: "ana" })],
    ["a secret that there is not", () => ({ secret: randomUUID() })],
    ["the secret of another application", () => ({ secret: second, application: other.id })],
  ])("has nothing of %s", async (_what, query) => {
    expect(await read(query())).toEqual({ entries: [], olderThan: null, newerThan: null, lookedUntil: null });
  });

  it("says of each what was asked, by which secret, for whom and how it ended, with the names of today", async () => {
    const [entry] = (await read({ person: ben.id })).entries;
    expect(entry).toEqual({
      at: ago(2 * MINUTE_MS),
      requestId: "ok-room",
      kind: "rooms",
      method: "GET",
      path: "/api/external/rooms",
      status: 200,
      reason: null,
      isProven: true,
      application: { id: client.id, name: "Calendar" },
      person: ben,
      credential: { id: client.secretId, kind: "secret", hint: expect.stringMatching(/^.{4}$/) },
      roomId: null,
      scopes: null,
      domain: null,
      jti: null,
      ip: "192.0.2.7",
      durationUs: 900,
      requests: 1,
    });
  });
});

describe("what nobody has proved", () => {
  it("is marked, counts as many requests as it stands for, and names neither person nor secret", async () => {
    const forged = (await read({ application: client.id })).entries.find(({ requestId }) => requestId === "forged");
    expect(forged).toMatchObject({ isProven: false, requests: 7, person: null, credential: null });
    expect(forged?.application).toEqual({ id: client.id, name: "Calendar" });
  });

  it("is not among what was done for a person or by a secret", async () => {
    expect(await find({ person: ana.id })).toEqual(["ok", "scope-room", "elsewhere"]);
    expect(await find({ secret: client.secretId, outcome: "refused" })).not.toContain("forged");
  });
});

describe("what is gone", () => {
  it("leaves the requests, without a name: an application that was deleted, a person who was removed", async () => {
    const gone = await createTestClient();
    const leaver = await database().person.create({ data: { email: "leaver@example.com" }, select: { id: true } });
    await store({ left: { applicationId: gone.id, credentialId: gone.secretId, personId: leaver.id } });
    const deleted = { isActive: false, deletedAt: NOW };
    await database().application.update({ where: { id: gone.id }, data: deleted, select: { id: true } });
    await database().person.delete({ where: { id: leaver.id } });
    const { entries } = await read({ application: gone.id });
    expect(entries).toMatchObject([{ requestId: "left", application: null, person: null }]);
    await database().application.delete({ where: { id: gone.id } });
    expect((await read({ application: gone.id })).entries).toMatchObject([{ requestId: "left", credential: null }]);
  });

  it("leaves out what is not kept any longer", async () => {
    expect(await find({ from: "2026-01-01", application: client.id })).not.toContain("old");
  });
});

describe("pages", () => {
  const application = () => ({ application: client.id, from: "2026-11-01" });

  it("lead to older ones and back, each request once, wherever its partition is", async () => {
    const all = await find(application());
    expect(all).toEqual([...OF_CLIENT, "two-hours", "two-days", "nine-days"]);
    const forwards: string[][] = [];
    let page = await read(application(), { perPage: 3 });
    expect(page.newerThan).toBeNull();
    for (;;) {
      forwards.push(idsOf(page));
      if (page.olderThan === null) break;
      page = await read({ ...application(), before: page.olderThan }, { perPage: 3 });
    }
    expect(forwards.flat()).toEqual(all);
    const backwards: string[][] = [idsOf(page)];
    while (page.newerThan !== null) {
      page = await read({ ...application(), after: page.newerThan }, { perPage: 3 });
      backwards.unshift(idsOf(page));
    }
    // Counted from the end there are other pages, of which the first is whole again.
    expect(backwards[0]).toEqual(all.slice(0, 3));
    expect(new Set(backwards.flat())).toEqual(new Set(all));
  });

  it("begin between requests of the same millisecond as well", async () => {
    const crowd = await createTestClient();
    const names = ["a", "b", "c", "d", "e"].map((letter) => `same-${letter}`);
    await store(Object.fromEntries(names.map((name) => [name, { applicationId: crowd.id }])));
    const first = await read({ application: crowd.id }, { perPage: 2 });
    const next = await read({ application: crowd.id, before: first.olderThan ?? "" }, { perPage: 2 });
    const last = await read({ application: crowd.id, before: next.olderThan ?? "" }, { perPage: 2 });
    expect([first, next, last].map(idsOf)).toEqual([["same-e", "same-d"], ["same-c", "same-b"], ["same-a"]]);
    expect(idsOf(await read({ application: crowd.id, after: last.newerThan ?? "" }, { perPage: 2 }))).toEqual([
      "same-c",
      "same-b",
    ]);
  });

  it.each(["", "nonsense", "2026-13-45T00:00:00.000Z~x", "2026-11-30T12:00:00.000Z~'; --"])(
    "begin with the newest when the place is %j",
    async (before) => {
      expect(await find({ application: client.id, before })).toEqual(await find({ application: client.id }));
    },
  );

  it("look at so many rows and no more for what is rare, say how far, and go on from there", async () => {
    const rare = { ...application(), secret: second };
    const first = await read(rare, { rowsMax: 3, perPage: 2 });
    expect(first).toMatchObject({ entries: [], newerThan: null, lookedUntil: ago(3 * MINUTE_MS) });
    const next = await read({ ...rare, before: first.olderThan ?? "" }, { rowsMax: 3, perPage: 2 });
    expect(idsOf(next)).toEqual(["overload"]);
    expect(next.lookedUntil).toEqual(ago(6 * MINUTE_MS));
    const back = await read({ ...rare, after: next.newerThan ?? "" }, { rowsMax: 30, perPage: 2 });
    expect(idsOf(back)).toEqual(["overload"]);
  });

  it("that look at all there is do not say that there is more", async () => {
    expect(await read({ ...application(), secret: second })).toMatchObject({ lookedUntil: null, olderThan: null });
  });
});

describe("the addresses from which secrets were used", () => {
  const look = (of: TestClient, secretIds: string[], rowsMax?: number) =>
    listSecretUsesByAddress({ applicationId: of.id, secretIds }, { now: NOW, ...(rowsMax && { rowsMax }) });

  it("are those of the last 24 hours, each secret apart, whatever was asked and answered", async () => {
    const caller = await createTestClient();
    const fresh = (await addTestSecret(caller)).secretId;
    const own = { applicationId: caller.id, credentialId: caller.secretId };
    await store({
      "by-token": { ...own, at: ago(23 * HOUR_MS), kind: "rooms", reason: "domain_not_allowed", status: 403 },
      "by-many": { ...own, at: ago(2 * HOUR_MS), requests: 5 },
      "by-new": { ...own, at: ago(MINUTE_MS), credentialId: fresh },
      "too-old": { ...own, at: ago(DAY_MS + 1), ip: "192.0.2.9" },
      "no-proof": { ...own, isProven: false, ip: "192.0.2.10" },
      "by-key": { ...own, credentialId: randomUUID(), ip: "192.0.2.11" },
      elsewhere: { applicationId: other.id, credentialId: fresh, ip: "192.0.2.12" },
    });
    const { uses, lookedUntil } = await look(caller, [caller.secretId, fresh]);
    expect([lookedUntil, ...uses]).toEqual([
      null,
      { address: "192.0.2.7", secretId: fresh, requests: 1, lastAt: ago(MINUTE_MS) },
      { address: "192.0.2.7", secretId: caller.secretId, requests: 6, lastAt: ago(2 * HOUR_MS) },
    ]);
    expect(await look(caller, [randomUUID()])).toEqual({ uses: [], lookedUntil: null });
  });

  it("are one for a network of IPv6 and for an IPv4 address in its dress, and none where there is none", async () => {
    const caller = await createTestClient();
    const own = { applicationId: caller.id, credentialId: caller.secretId };
    const ips = ["2001:db8::1", "2001:db8::ffff:2", "192.0.2.1", "::ffff:192.0.2.1", "", "unknown", "<b>"];
    await store(Object.fromEntries(ips.map((ip, index) => [`ip-${index}`, { ...own, ip }])));
    const { uses } = await look(caller, [caller.secretId]);
    const counted = Object.fromEntries(uses.map(({ address, requests }) => [String(address), requests]));
    expect(counted).toEqual({ "2001:db8:0:0::/64": 2, "192.0.2.1": 2, null: 3 });
  });

  it("are looked for in so many requests and no more, and it is said how far", async () => {
    const caller = await createTestClient();
    const own = { applicationId: caller.id, credentialId: caller.secretId };
    await store({
      "newest-1": { ...own, at: ago(MINUTE_MS) },
      "newest-2": { ...own, at: ago(2 * HOUR_MS) },
      "not-seen": { ...own, at: ago(3 * HOUR_MS), ip: "192.0.2.99" },
    });
    const { uses, lookedUntil } = await look(caller, [caller.secretId], 2);
    expect([lookedUntil, ...uses.map(({ address }) => address)]).toEqual([ago(2 * HOUR_MS), "192.0.2.7"]);
  });
});
