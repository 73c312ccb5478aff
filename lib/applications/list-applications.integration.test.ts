import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/test-database";
import { applicationList, type ListApplicationsParams } from "./application.schema";
import { getApplication } from "./get-application";
import { listApplications } from "./list-applications";

useTestDatabase();

/** Minutes after a fixed morning, so that "newest" does not depend on the clock. */
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 9, minutes));

async function store(name: string, values: { clientId?: string; createdAt?: Date; domains?: string[] } = {}) {
  const { domains = [], ...rest } = values;
  const { id } = await database().application.create({
    data: {
      name,
      clientId: randomUUID(),
      ...rest,
      domains: { createMany: { data: domains.map((domain) => ({ domain })) } },
    },
    select: { id: true },
  });
  return id;
}

/** Each test lists under a word of its own, because they share a database. */
const names = async (q: string, page = 1) => (await list({ q, page })).rows.map(({ name }) => name);
const list = (values: Partial<ListApplicationsParams>) => listApplications({ ...applicationList.defaults, ...values });

describe("listApplications", () => {
  it("shows what a list may show and nothing else", async () => {
    const id = await store("shown", { clientId: "shownClient", createdAt: at(0), domains: ["a.example", "b.example"] });
    expect(await list({ q: "shown", page: 1 })).toEqual({
      rows: [
        {
          id,
          name: "shown",
          clientId: "shownClient",
          isActive: true,
          scopes: [],
          domainCount: 2,
          createdAt: at(0),
          lastUsedAt: null,
        },
      ],
      rowCount: 1,
      hasMoreRows: false,
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
    ["%", "like 100% sure", "like 100 sure"],
    ["_", "like a_b", "like axb"],
    ["\\", "like a\\b", "like ab"],
  ])("takes %s as the character it is", async (character, match, other) => {
    await store(match);
    await store(other);
    const found = await names(character);
    expect(found).toContain(match);
    expect(found).not.toContain(other);
  });

  it.each(["' OR '1'='1", "'; DROP TABLE applications; --", "\u{1F600}", "\uD800"])(
    "takes %j as text to look for",
    async (q) => {
      expect((await list({ q })).rows).toEqual([]);
    },
  );
});

describe("getApplication", () => {
  it.each([randomUUID(), "", "1", "../x", "' OR 1=1", "\u0000"])("answers not found for %j", async (id) => {
    await expect(getApplication(id)).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
  });
});
