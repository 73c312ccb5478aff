import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { config, setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { testConfig } from "@/lib/testing/test-config";
import { findPublicRoom } from "./find-public-room";
import type { AccessLevel } from "./representation/room.schema";
import { generateRoomSlug } from "./room-slug";

useTestDatabase();

const NOW = new Date("2026-11-24T12:00:00Z");
const NAME = "CANARY-NAME";
const PIN = "4815162342";
const telephony = { enabled: true, phoneNumber: "+33 1 23 45 67 89", pinLength: 10, defaultCountry: "FR" };

beforeAll(() => setConfig(testConfig({ roomBaseUrl: "https://meet.example", telephony })));

let pins = 0;

const OWNER = "canary.owner@organisation.example";

async function makeRoom(accessLevel: AccessLevel, more: { deletedAt?: Date; expiresAt?: Date; name?: string } = {}) {
  pins += 1;
  const pinCode = String(Number(PIN) + pins);
  const { slug } = await database().room.create({
    data: {
      slug: generateRoomSlug(),
      name: NAME,
      accessLevel,
      pinCode,
      ...more,
      accesses: {
        create: { role: "owner", person: { connectOrCreate: { where: { email: OWNER }, create: { email: OWNER } } } },
      },
    },
    select: { slug: true },
  });
  return { slug, pinCode };
}

const find = (slug: string) => findPublicRoom(slug, config(), NOW);

describe("what whoever holds a link may know", () => {
  it("of a public room is its name, the way in, and how to dial in", async () => {
    const { slug, pinCode } = await makeRoom("public");
    expect(await find(slug)).toEqual({
      slug,
      name: NAME,
      isPrivate: false,
      organisation: "organisation.example",
      joinUrl: `https://meet.example/${slug}`,
      telephony: { phoneNumber: telephony.phoneNumber, pinCode },
    });
  });

  it("of a trusted room is its name and the way in, and never the PIN", async () => {
    const { slug, pinCode } = await makeRoom("trusted");
    const room = await find(slug);
    expect(room).toEqual({
      slug,
      name: NAME,
      isPrivate: false,
      organisation: "organisation.example",
      joinUrl: `https://meet.example/${slug}`,
      telephony: null,
    });
    expect(JSON.stringify(room)).not.toMatch(new RegExp(`canary|${pinCode}`));
  });

  it("of a restricted room is that it is one: neither name nor PIN leave the function", async () => {
    const { slug, pinCode } = await makeRoom("restricted");
    const room = await find(slug);
    expect(room).toEqual({
      slug,
      name: null,
      isPrivate: true,
      organisation: null,
      joinUrl: `https://meet.example/${slug}`,
      telephony: null,
    });
    expect(JSON.stringify(room)).not.toMatch(new RegExp(`CANARY|canary|organisation.example|${pinCode}`));
  });

  it.each(["public", "trusted", "restricted"] as const)(
    "of a %s room that has expired or was deleted is as much as of one that never was",
    async (accessLevel) => {
      const expired = await makeRoom(accessLevel, { expiresAt: NOW });
      const deleted = await makeRoom(accessLevel, { deletedAt: new Date(NOW.getTime() - 1) });
      expect(await find(expired.slug)).toBeNull();
      expect(await find(deleted.slug)).toBeNull();
      expect(await find("abc-defg-hij")).toBeNull();
    },
  );

  it("changes at the very moment of expiry", async () => {
    const { slug } = await makeRoom("public", { expiresAt: new Date(NOW.getTime() + 1) });
    expect(await find(slug)).not.toBeNull();
  });

  it("is no name where there is only the slug", async () => {
    const slug = generateRoomSlug();
    await database().room.create({ data: { slug, name: slug, accessLevel: "public" }, select: { id: true } });
    expect(await find(slug)).toMatchObject({
      name: null,
      isPrivate: false,
      organisation: null,
      telephony: null,
    });
  });

  it("is nothing for text that is no slug", async () => {
    for (const text of ["", "abc", "ABC-DEFG-HIJ", "abc-defg-hij ", "../../etc"]) {
      expect(await find(text), text).toBeNull();
    }
  });
});
