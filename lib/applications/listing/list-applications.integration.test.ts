// Runs on both databases: search and alphabetical order.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { getApplication } from "@/lib/applications/get-application";
import { applicationList, type ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { listApplications } from "./list-applications";

useTestDatabase();

/** Minutes after a fixed morning, so that "newest" does not depend on the clock. */
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 9, minutes));

async function store(
  name: string,
  {
    domains = [],
    ...values
  }: Omit<Partial<Prisma.ApplicationUncheckedCreateInput>, "domains"> & { domains?: string[] } = {},
) {
  const { id } = await database().application.create({
    data: {
      name,
      clientId: randomUUID(),
      ...values,
      domains: { createMany: { data: domains.map((domain) => ({ domain })) } },
    },
    select: { id: true },
  });
  return id;
}

/** Each test lists under a word of its own, because they share a database. */
const names = async (q: string, page = 1) => (await list({ q, page })).rows.map(({ name }) => name);
const list = (values: Partial<ListApplicationsParams>) =>
  listApplications({ ...applicationList.defaults, ...values }, new Date());

describe("listApplications", () => {
  it("shows what a list may show and nothing else", async () => {
    const id = await store("shown", {
      clientId: "shownClient",
      createdAt: at(0),
      ownerContact: "team@shown.example",
      domains: ["b.example", "a.example"],
    });
    expect(await list({ q: "shown", page: 1 })).toEqual({
      rows: [
        {
          id,
          name: "shown",
          clientId: "shownClient",
          isActive: true,
          scopes: [],
          ownerContact: "team@shown.example",
          domainCount: 2,
          firstDomain: "a.example",
          allowedPersonCount: 0,
          secrets: { count: 0, nextEnd: null, isRevocation: false, hasLasting: false },
          createdAt: at(0),
          lastUsedAt: null,
        },
      ],
      rowCount: 1,
      hasMoreRows: false,
      isNewestFirst: false,
      isSearchable: true,
      page: 1,
      pageCount: 1,
    });
  });

  it("puts the newest first", async () => {
    await store("order old", { createdAt: at(1) });
    await store("order newest", { createdAt: at(3) });
    await store("order middle", { createdAt: at(2) });
    expect(await names("order")).toEqual(["order newest", "order middle", "order old"]);
  });

  it("shows each of many created at one moment on exactly one page", async () => {
    for (let index = 0; index < 60; index += 1) await store(`burst ${index}`, { createdAt: at(5) });
    const pages = [await names("burst", 1), await names("burst", 2), await names("burst", 3)];
    expect(pages.map((page) => page.length)).toEqual([25, 25, 10]);
    expect(new Set(pages.flat()).size).toBe(60);
  });

  it("gives the last page for one beyond the end", async () => {
    for (let index = 0; index < 26; index += 1) await store(`beyond ${index}`, { createdAt: at(index) });
    expect(await list({ q: "beyond", page: 9_999 })).toMatchObject({
      rows: [{ name: "beyond 0" }],
      rowCount: 26,
      page: 2,
      pageCount: 2,
    });
  });

  it("gives one empty page when nothing matches", async () => {
    expect(await list({ q: "no such application", page: 3 })).toEqual({
      rows: [],
      rowCount: 0,
      hasMoreRows: false,
      isNewestFirst: false,
      isSearchable: true,
      page: 1,
      pageCount: 1,
    });
  });

  it("finds part of a name or of a client id in upper or lower case", async () => {
    await store("Straße Kalender", { clientId: "AbCdEfWanted0123" });
    expect(await names("KALENDER")).toEqual(["Straße Kalender"]);
    expect(await names("cdefwanted")).toEqual(["Straße Kalender"]);
  });

  it.each([
    ["100%", "like 100% sure", "like 100 sure"],
    ["a_b", "like a_b", "like axb"],
    ["a\\b", "like a\\b", "like ab"],
    ["a.", "like a.b", "like axb"],
  ])("takes each character of %s as it is", async (text, match, other) => {
    await store(match);
    await store(other);
    const found = await names(text);
    expect(found).toContain(match);
    expect(found).not.toContain(other);
  });

  it("looks for nothing without a letter or digit, and says so", async () => {
    await store("R&D / Kalender");
    expect(await list({ q: "/" })).toMatchObject({ rows: [], rowCount: 0, isSearchable: false });
    expect(await names("r&d /")).toContain("R&D / Kalender");
  });

  it.each(["' OR '1'='1", "'; DROP TABLE applications; --", "\u{1F600}", "\uD800"])(
    "takes %j as text to look for",
    async (q) => {
      expect((await list({ q })).rows).toEqual([]);
    },
  );
});

describe("filters", () => {
  const DAY = 86_400_000;
  const now = new Date(Date.UTC(2026, 5, 1));
  const days = (count: number) => new Date(now.getTime() + count * DAY);

  async function found(values: Partial<ListApplicationsParams>): Promise<string[]> {
    const { rows } = await listApplications({ ...applicationList.defaults, q: "filtered", ...values }, now);
    return rows.map(({ name }) => name.replace("filtered ", "")).sort();
  }

  it("each find what they say and nothing else", async () => {
    const used = { createdAt: days(-200), lastUsedAt: days(-1), domains: ["filtered.example"] };
    const end = (values: { expiresAt?: Date; revokedAt?: Date }) => ({
      secrets: { create: { hash: "a secret", hint: "abcd", ...values } },
    });
    await store("filtered plain", { ...used });
    await store("filtered inactive", { ...used, isActive: false });
    await store("filtered granted", { ...used, scopes: ["rooms:list"] });
    await store("filtered open", { ...used, domains: [] });
    await store("filtered soon", { ...used, ...end({ expiresAt: days(13) }) });
    await store("filtered rotated", { ...used, ...end({ expiresAt: days(300), revokedAt: days(2) }) });
    await store("filtered later", { ...used, ...end({ expiresAt: days(15) }) });
    await store("filtered over", { ...used, ...end({ expiresAt: days(5), revokedAt: days(-1) }) });
    await store("filtered idle", { ...used, lastUsedAt: days(-91) });
    await store("filtered never", { ...used, lastUsedAt: null });
    await store("filtered new", { ...used, createdAt: days(-10), lastUsedAt: null });

    const listed = await store("filtered listed", { ...used, domains: [] });
    await database().applicationPersonRule.createMany({
      data: [
        { applicationId: listed, email: "ana@example.com", effect: "allow" },
        { applicationId: listed, email: "bob@example.com", effect: "deny" },
      ],
    });

    expect(await found({})).toHaveLength(12);
    expect(await found({ status: "inactive" })).toEqual(["inactive"]);
    expect(await found({ status: "active" })).toHaveLength(11);
    expect(await found({ scope: "rooms:list" })).toEqual(["granted"]);
    expect(await found({ scope: "rooms:delete" })).toEqual([]);
    expect(await found({ scope: "none" })).not.toContain("granted");
    expect(await found({ anyDomain: true })).toEqual(["open"]);
    expect(await found({ expiring: true })).toEqual(["rotated", "soon"]);
    expect(await found({ unused: true })).toEqual(["idle", "never"]);
    expect(await found({ unused: true, status: "inactive" })).toEqual([]);
    expect(await found({ q: "FILTERED.EXAMPLE" })).toHaveLength(10);
  });

  it("look for the owner contact, and for one or two letters where words begin", async () => {
    await store("owned", { ownerContact: "Zoë <z%o@unusual.example>" });
    expect(await names("zoë <Z%O@unus")).toEqual(["owned"]);
    expect(await names("zo")).toEqual(["owned"]);
    expect(await names("oë")).toEqual([]);
    expect(await names("z_o@unusual")).toEqual([]);
  });
});

describe("the secrets of a row", () => {
  const now = new Date(Date.UTC(2026, 5, 1));
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  type Secret = { expiresAt?: Date; revokedAt?: Date; compromisedAt?: Date };

  it.each<[string, Secret[], Awaited<ReturnType<typeof list>>["rows"][number]["secrets"]]>([
    ["one for ever", [{}], { count: 1, nextEnd: null, isRevocation: false, hasLasting: true }],
    [
      "one that expires soon",
      [{ expiresAt: days(5) }],
      { count: 1, nextEnd: days(5), isRevocation: false, hasLasting: false },
    ],
    [
      "one that expires on the last day of what is soon",
      [{ expiresAt: days(14) }],
      { count: 1, nextEnd: days(14), isRevocation: false, hasLasting: false },
    ],
    [
      "one that expires later",
      [{ expiresAt: days(15) }],
      { count: 1, nextEnd: null, isRevocation: false, hasLasting: true },
    ],
    [
      "two in rotation",
      [{ revokedAt: days(1), expiresAt: days(300) }, {}],
      { count: 2, nextEnd: days(1), isRevocation: true, hasLasting: true },
    ],
    [
      "two that end soon, the first by itself",
      [{ revokedAt: days(9) }, { expiresAt: days(3) }],
      { count: 2, nextEnd: days(3), isRevocation: false, hasLasting: false },
    ],
    [
      "none that is live",
      [
        { expiresAt: now },
        { revokedAt: days(-1), expiresAt: days(3) },
        { compromisedAt: days(-1), revokedAt: days(-1) },
      ],
      { count: 0, nextEnd: null, isRevocation: false, hasLasting: false },
    ],
  ])("are those that are live: %s", async (what, secrets, expected) => {
    const name = `summed up ${what}`;
    await store(name, {
      secrets: { create: secrets.map((secret) => ({ hash: "a secret", hint: "abcd", ...secret })) },
    });
    const { rows } = await listApplications({ ...applicationList.defaults, q: name }, now);
    expect(rows.map((row) => row.secrets)).toEqual([expected]);
  });
});

describe("orders", () => {
  const order = async (values: Partial<ListApplicationsParams>) =>
    (await list({ q: "ordered", ...values })).rows.map(({ name }) => name.replace("ordered ", ""));

  it("turn round exactly, what is equal and what was never used included", async () => {
    for (const [name, lastUsedAt] of [
      ["b", at(5)],
      ["A", null],
      ["c", at(5)],
      ["D", at(9)],
      ["e", null],
    ] as const) {
      await store(`ordered ${name}`, { lastUsedAt, createdAt: at(1) });
    }
    expect(await order({ sort: "name", dir: "asc" })).toEqual(["A", "b", "c", "D", "e"]);
    for (const sort of ["name", "created", "lastUsed"] as const) {
      expect(await order({ sort, dir: "desc" }), sort).toEqual((await order({ sort, dir: "asc" })).reverse());
    }
    const byUse = await order({ sort: "lastUsed", dir: "desc" });
    expect(byUse[0]).toBe("D");
    expect(byUse.slice(3).sort()).toEqual(["A", "e"]);
  });

  it("of every kind show each row on exactly one page", async () => {
    for (let index = 0; index < 23; index += 1) {
      await store(`paged same`, { createdAt: at(1), lastUsedAt: index % 2 === 0 ? at(2) : null });
    }
    for (const sort of ["name", "created", "lastUsed"] as const) {
      for (const dir of ["asc", "desc"] as const) {
        const ids = [];
        for (const page of [1, 2, 3]) {
          const { rows } = await list({ q: "paged same", sort, dir, page, perPage: 10 });
          ids.push(...rows.map(({ id }) => id));
        }
        expect(new Set(ids).size, `${sort} ${dir}`).toBe(23);
        expect(ids).toHaveLength(23);
      }
    }
  });
});

describe("getApplication", () => {
  it.each([randomUUID(), "", "1", "../x", "' OR 1=1", "\u0000"])("answers not found for %j", async (id) => {
    await expect(getApplication(id)).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
  });
});
