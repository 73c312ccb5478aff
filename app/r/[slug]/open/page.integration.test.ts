import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import nextConfig from "@/next.config";
import OpenRoom from "./page";

const opened = useTestDatabase();
beforeEach(() => setConfig(testConfig({ roomBaseUrl: "https://meet.example/rooms" })));

/** What Next makes of the page: the address it leads to, or the status. */
async function outcomeOf(slug: string): Promise<unknown> {
  const thrown = await OpenRoom({ params: Promise.resolve({ slug }) }).catch((error: unknown) => error);
  return thrown instanceof Error && "digest" in thrown ? thrown.digest : thrown;
}

async function makeRoom(more: Parameters<typeof createTestRoom>[1] = {}): Promise<string> {
  const { id } = await opened.database.person.create({ data: { email: `p${randomUUID()}@example.com` } });
  return (await createTestRoom(id, more)).slug;
}

describe("an address that is nothing but a slug", () => {
  it.each(["trusted", "restricted"] as const)("leads to the meeting front end for a %s room", async (accessLevel) => {
    const slug = await makeRoom({ accessLevel });
    expect(await outcomeOf(slug)).toBe(`NEXT_REDIRECT;replace;https://meet.example/rooms/${slug};307;`);
  });

  it("leads to the page of the room while there is no front end", async () => {
    setConfig(testConfig({ roomBaseUrl: undefined, publicUrl: "https://portal.example" }));
    const slug = await makeRoom();
    expect(await outcomeOf(slug)).toBe(`NEXT_REDIRECT;replace;https://portal.example/r/${slug};307;`);
  });

  it("is not found where the page of the room is not: unknown, deleted, expired, no slug at all", async () => {
    const past = new Date(0);
    const slugs = [
      "aaa-aaaa-aaa",
      await makeRoom({ deletedAt: past }),
      await makeRoom({ expiresAt: past }),
      "evil.example",
      "//evil.example",
    ];
    for (const slug of slugs) expect([slug, await outcomeOf(slug)]).toEqual([slug, "NEXT_HTTP_ERROR_FALLBACK;404"]);
  });

  it("is told from the pages of the portal by its shape", async () => {
    const { rewrites } = nextConfig;
    expect(await rewrites?.()).toEqual([
      { source: "/:slug([a-z]{3}-[a-z]{4}-[a-z]{3})", destination: "/r/:slug/open" },
    ]);
  });
});
