// Runs on both databases: search and wildcards.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import type { StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { findSuspects } from "./incident/find-suspects";
import { incidentParams } from "./incident/incident.schema";
import type { SearchPurpose } from "./search.types";
import { HITS_MAX, searchPortal } from "./search-portal";

const test = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");
const addresses = testConfig({ roomBaseUrl: "https://meet.example" });

beforeAll(() => setConfig(addresses));
afterAll(() => setConfig(undefined));

const search = (q: string, { role = "viewer", purpose }: { role?: StaffRole; purpose?: SearchPurpose } = {}) =>
  searchPortal({ q, purpose }, { role, now: NOW, addresses });

/** What is found of each kind, by its title. */
async function titles(...asked: Parameters<typeof search>) {
  return Object.fromEntries((await search(...asked)).map(({ kind, hits }) => [kind, hits.map(({ title }) => title)]));
}

/** Each test finds what it stored by a word of its own, because they share a database. */
async function storeApplication(name: string, values: { isActive?: boolean; lastUsedAt?: Date } = {}) {
  const client = await createTestClient();
  await test.database.application.update({ where: { id: client.id }, data: { name, ...values } });
  return client;
}

describe("the search of the portal", () => {
  it("finds an application by its client ID, and leads to it", async () => {
    const { id, clientId } = await storeApplication("Found by its ID");
    const hit = { id, title: "Found by its ID", detail: clientId, state: null, href: routes.applications.detail(id) };
    expect(await search(clientId)).toEqual([{ kind: "application", hits: [hit], allHref: null }]);
  });

  it("finds a person by address and by name, and says who is deactivated", async () => {
    const person = await createTestPerson({ email: "zelda@wednesday.example", isActive: false });
    await test.database.person.update({ where: { id: person.id }, data: { displayName: "Zelda Fitzgerald" } });
    const hit = {
      id: person.id,
      title: "Zelda Fitzgerald",
      detail: "zelda@wednesday.example",
      state: "inactive",
      href: routes.people.detail(person.id),
    };
    for (const q of ["zelda@wednesday.example", "FITZGERALD"]) {
      expect(await search(q)).toEqual([{ kind: "person", hits: [hit], allHref: null }]);
    }
  });

  it("finds a room by its slug, its name, and a link to it, and says that it is deleted", async () => {
    const { id: owner, email } = await createTestPerson();
    const room = await createTestRoom(owner, { slug: "kwx-kwxy-kwz", name: "Quarterly", deletedAt: NOW });
    const hit = {
      id: room.id,
      title: "Quarterly",
      detail: `kwx-kwxy-kwz · ${email}`,
      state: "deleted",
      href: routes.rooms.detail(room.id),
    };
    const links = ["https://meet.example/kwx-kwxy-kwz?lang=fr", "http://localhost:3000/r/kwx-kwxy-kwz"];
    for (const q of ["kwx-kwxy-kwz", "quarterly", ...links]) {
      expect(await search(q)).toEqual([{ kind: "room", hits: [hit], allHref: null }]);
    }
    expect(await search("https://elsewhere.example/kwx-kwxy-kwz")).toEqual([]);
  });

  it("finds no room for what its owner or its application is called", async () => {
    const { id, email } = await createTestPerson({ email: "landlady@house.example" });
    const { id: createdByApplicationId } = await storeApplication("Landlady of rooms");
    await createTestRoom(id, { name: "Attic", createdByApplicationId });
    expect(await titles("landlady")).toEqual({ application: ["Landlady of rooms"], person: [email] });
  });

  it("offers both logs for the id of a request, in either case, whether or not there is one", async () => {
    const id = randomUUID();
    const hit = { title: id, detail: "", state: null };
    const hits = [
      { ...hit, id: "activity", href: `/activity?request=${id}` },
      { ...hit, id: "audit", href: `/audit?request=${id}` },
    ];
    for (const q of [id, id.toUpperCase()]) {
      expect(await search(q)).toEqual([{ kind: "request", hits, allHref: null }]);
    }
    expect(await search(id.slice(1))).toEqual([]);
  });

  it("finds an error code by a part of it, also in words, and leads to its explanation", async () => {
    const [errors] = await search("invalid scope");
    expect(errors).toEqual({
      kind: "error",
      hits: [{ id: "invalid_scope", title: "invalid_scope", detail: "400", state: null, href: expect.any(String) }],
      allHref: null,
    });
    expect(errors?.hits[0]?.href).toBe("/developers/errors#invalid_scope");
    expect(await titles("invalid_")).toMatchObject({ error: expect.arrayContaining(["invalid_client"]) });
    expect((await titles("in")).error).toBeUndefined();
  });

  it("shows few of each kind, what begins with the text first, and the way to all", async () => {
    for (let number = 1; number <= 8; number += 1) {
      const lastUsedAt = new Date(NOW.getTime() - number * 1000);
      await storeApplication(number === 8 ? "Plentyful 8" : `The plentyful ${number}`, { lastUsedAt });
    }
    const [group] = await search("plentyful");
    expect(group?.hits.map(({ title }) => title)).toEqual([
      "Plentyful 8",
      "The plentyful 1",
      "The plentyful 2",
      "The plentyful 3",
      "The plentyful 4",
    ]);
    expect(group?.hits).toHaveLength(HITS_MAX);
    expect(group?.allHref).toBe("/applications?q=plentyful");
  });

  it.each(["%", "_", "\\", "%%%", "a%b_c\\d", "'; --", "(", "@", "zzzz[.*]"])("takes %s as what it is", async (q) => {
    await createTestPerson();
    expect(await search(q)).toEqual([]);
  });

  it("finds what has a wildcard in its name, and nothing else", async () => {
    await storeApplication("Wild 100%_card");
    await storeApplication("Wild 100 of a card");
    expect(await titles("100%_c")).toEqual({ application: ["Wild 100%_card"] });
  });

  it("searches for no more of a long text than a list does", async () => {
    const name = `Long ${"x".repeat(120)}`;
    await storeApplication(name);
    expect(await titles(name)).toEqual({ application: [name] });
  });

  it("does not find an application that is deleted", async () => {
    const { id, clientId } = await storeApplication("Gone for good");
    await test.database.application.update({ where: { id }, data: { isActive: false, deletedAt: NOW } });
    expect(await search(clientId)).toEqual([]);
  });
});

describe("a search for an application to do something with", () => {
  it("leads a manager to where that is done", async () => {
    const { id, clientId } = await storeApplication("Purposeful");
    const leadsTo = async (purpose: SearchPurpose, role: StaffRole) =>
      (await search(clientId, { purpose, role })).flatMap(({ hits }) => hits.map(({ href }) => href));
    expect(await leadsTo("rotate", "manager")).toEqual([`/applications/${id}?open=rotate`]);
    expect(await leadsTo("deactivate", "manager")).toEqual([`/applications/${id}?open=deactivate`]);
    expect(await leadsTo("check-access", "viewer")).toEqual([`/applications/${id}/check-access`]);
  });

  it("finds nothing for a viewer who may not do it", async () => {
    const { clientId } = await storeApplication("Not for viewers");
    for (const purpose of ["rotate", "deactivate"] as const) {
      expect(await search(clientId, { purpose, role: "viewer" })).toEqual([]);
    }
  });

  it("offers to deactivate none that is deactivated, and finds nothing but applications", async () => {
    await storeApplication("Sleeping dormouse", { isActive: false });
    await storeApplication("Waking dormouse");
    await createTestPerson({ email: "dormouse@tea.example" });
    const asked = { purpose: "deactivate", role: "manager" } as const;
    expect(await titles("dormouse", asked)).toEqual({ application: ["Waking dormouse"] });
    expect(await titles("dormouse")).toMatchObject({
      application: expect.arrayContaining(["Sleeping dormouse"]),
      person: ["dormouse@tea.example"],
    });
  });

  it("begins with the applications that were used last", async () => {
    const { id } = await storeApplication("Used a moment ago", { lastUsedAt: new Date("2031-01-01T00:00:00Z") });
    const [group] = await search("", { purpose: "rotate", role: "manager" });
    expect(group?.hits[0]?.id).toBe(id);
    expect(group?.hits).toHaveLength(HITS_MAX);
  });

  it("offers no list of all, which leads elsewhere", async () => {
    for (let number = 0; number < 6; number += 1) await storeApplication(`Manifold ${number}`);
    const [group] = await search("manifold", { purpose: "rotate", role: "manager" });
    expect([group?.hits.length, group?.allHref]).toEqual([HITS_MAX, null]);
  });
});

describe("whom an incident is about", () => {
  const suspects = (address: Record<string, string>) =>
    findSuspects(incidentParams.parse(address), { role: "viewer", now: NOW, addresses });
  const chosen = async (address: Record<string, string>) => {
    const { application, person } = await suspects(address);
    return [application.chosenId, person.chosenId];
  };

  it("is the only application and the only person that a text names", async () => {
    const { id } = await storeApplication("Arsonist of mailboxes");
    const person = await createTestPerson({ email: "arsonist@smoke.example" });
    expect(await chosen({ q: "ARSONIST" })).toEqual([id, person.id]);
    expect(await chosen({ q: "arsonist@smoke" })).toEqual([undefined, person.id]);
  });

  it("is nobody as long as several are meant, but the one that is called exactly so", async () => {
    const { id, clientId } = await storeApplication("Burglar");
    await storeApplication("Burglar alarm");
    expect(await chosen({ q: "burgl" })).toEqual([undefined, undefined]);
    expect((await suspects({ q: "burgl" })).application).toMatchObject({ found: [{}, {}], hasMore: false });
    expect(await chosen({ q: "burglar" })).toEqual([id, undefined]);
    expect(await chosen({ q: clientId })).toEqual([id, undefined]);
    await storeApplication("burglar");
    expect(await chosen({ q: "Burglar" })).toEqual([undefined, undefined]);
  });

  it("is not the one that is shown first of more than are shown", async () => {
    for (let number = 0; number <= HITS_MAX; number += 1) await storeApplication(`Pickpocket ${number}`);
    const { application } = await suspects({ q: "pickpocket" });
    expect([application.chosenId, application.found.length, application.hasMore]).toEqual([undefined, HITS_MAX, true]);
  });

  it("is whoever was chosen, whatever else is found", async () => {
    const { id } = await storeApplication("Forger");
    const person = await createTestPerson({ email: "forger@ink.example" });
    const other = randomUUID();
    expect(await chosen({ q: "forger", application: other })).toEqual([other, person.id]);
    expect(await chosen({ q: "forger", person: other })).toEqual([id, other]);
    expect(await chosen({ application: other })).toEqual([other, undefined]);
  });

  it.each([
    ["nothing", {}],
    ["an empty text", { q: "  " }],
    ["two lines", { q: "a\nb" }],
    ["a text that is too long", { q: "a".repeat(201) }],
    ["no id", { application: "1", person: "../people" }],
    ["a name that nobody has", { q: "nobody is called so" }],
    ["a wildcard", { q: "%" }],
  ])("is nobody for %s", async (_what, address) => {
    await storeApplication("Bystander");
    expect(await suspects(address as Record<string, string>)).toEqual({
      application: { chosenId: undefined, found: [], hasMore: false },
      person: { chosenId: undefined, found: [], hasMore: false },
    });
  });

  it("is not looked for by what looks like a secret", async () => {
    const { secret } = await createTestClient();
    // Were it looked for, it would be found.
    await createTestPerson({ email: `${secret.toLowerCase()}@example.com` });
    expect(await chosen({ q: secret })).toEqual([undefined, undefined]);
  });
});
