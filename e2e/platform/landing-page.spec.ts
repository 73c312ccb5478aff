import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { findViolations } from "../support/accessibility";
import { send } from "../support/http-client";
import { callApi, obtainToken, ROOMS_PATH } from "../support/oauth-requests";
import { openOwnPortal, stopOwnServer } from "../support/own-portal";
import type { OwnServer } from "../support/own-server";

test.describe.configure({ mode: "serial" });

const OWNER = "canary.owner@prefecture.example";
const PHONE = "+33 1 23 45 67 89";
const LEVELS = ["public", "trusted", "restricted"] as const;

type Room = { id: string; slug: string; telephony: { pin_code: string } };
let server: OwnServer;
let token: string;
/** Made first and looked at last, when its time is over. */
let expired: Awaited<ReturnType<typeof makeRoom>>;

/** What no stranger may read on the public page, whatever the access level. */
const SECRETS = ["canary.owner", "canary-external", "canary-guest", "canary-application", "screen_share_audio"];

test.beforeAll(async ({ browser }) => {
  const portal = await openOwnPortal(browser, "landing", {
    ROOM_BASE_URL: "https://meet.example",
    EXTERNAL_API_ALLOW_PUBLIC_ACCESS: "true",
    ROOM_TELEPHONY_ENABLED: "true",
    ROOM_TELEPHONY_PHONE_NUMBER: PHONE,
  });
  server = portal.server;
  const { page } = portal;
  const form = new ApplicationFormPage(page);
  await form.open();
  const scopes = ["rooms:create", "rooms:update", "rooms:delete"];
  await form.fill({ name: "canary-application", scopes, domains: [] });
  token = await obtainToken(server.baseUrl, await form.createAndReadCredentials(), OWNER);
  expired = await makeRoom("public", { expires_at: new Date(Date.now() + 30_000).toISOString() });
  await page.close();
});

test.afterAll(() => stopOwnServer(server));

function call(method: string, path: string, body?: object) {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return callApi(server.baseUrl, token, { method, path, ...sent });
}

/** Makes a room that is full of what a stranger must not learn. */
async function makeRoom(accessLevel: string, more: object = {}): Promise<Room & { name: string }> {
  const name = `Canary name ${randomUUID()}`;
  const made = await call("POST", ROOMS_PATH, {
    access_level: accessLevel,
    external_id: `canary-external-${randomUUID()}`,
    attendees: ["canary-guest@partner.example"],
    configuration: { can_publish_sources: ["screen_share_audio"] },
    ...more,
  });
  expect(made.status).toBe(201);
  const room = made.json as Room;
  expect((await call("PATCH", `${ROOMS_PATH}/${room.id}`, { name })).status).toBe(200);
  return { ...room, name };
}

/** Every form in which the page leaves the server: the document, and what the router asks for instead of it. */
async function read(slug: string) {
  const path = `/r/${slug}`;
  const answers = await Promise.all([
    send(server.baseUrl, { path }),
    send(server.baseUrl, { path, headers: { "Accept-Language": "fr" } }),
    send(server.baseUrl, { path: `${path}?_rsc=canary`, headers: { RSC: "1" } }),
    send(server.baseUrl, { path: `${path}?_rsc=canary`, headers: { RSC: "1", "Next-Router-Prefetch": "1" } }),
  ]);
  return {
    document: answers[0],
    all: answers.map(({ text, headers }) => `${JSON.stringify(headers)}${text}`).join("\n"),
  };
}

for (const level of LEVELS) {
  test(`whoever holds the link of a ${level} room reads what the level allows, and not one byte more`, async () => {
    const room = await makeRoom(level);
    const { document, all } = await read(room.slug);
    expect(document.status).toBe(200);
    const isPrivate = level === "restricted";
    for (const secret of [...SECRETS, room.id]) expect(all).not.toContain(secret);
    expect(all.includes(room.name)).toBe(!isPrivate);
    expect(all.includes("prefecture.example")).toBe(!isPrivate);
    expect(all.includes(room.telephony.pin_code)).toBe(level === "public");
    expect(all.includes(PHONE)).toBe(level === "public");
    expect(document.text).toContain(`href="https://meet.example/${room.slug}"`);
    expect(document.headers["cache-control"]).toMatch(/no-store/);
  });
}

test("the slug right behind the address of the server leads to the meeting, and an unknown one to a page", async () => {
  const room = await makeRoom("restricted");
  const found = await send(server.baseUrl, { path: `/${room.slug}` });
  expect([found.status, found.headers.location]).toEqual([307, `https://meet.example/${room.slug}`]);
  expect(found.text).not.toContain(room.name);
  const unknown = await send(server.baseUrl, { path: "/aaa-aaaa-aaa" });
  expect([unknown.status, unknown.headers.location]).toEqual([404, undefined]);
  expect(unknown.headers["content-type"]).toContain("text/html");
});

test("a link preview shows what the page shows, and no search engine keeps it", async ({ page }) => {
  const meta = (name: string) => page.locator(`meta[property="${name}"], meta[name="${name}"]`).getAttribute("content");
  const open = await makeRoom("trusted");
  await page.goto(`${server.baseUrl}/r/${open.slug}`);
  expect(await page.title()).toContain(open.name);
  expect(await meta("og:title")).toBe(open.name);
  expect(await meta("og:description")).toBe("This is a meeting room.");
  expect(await meta("og:site_name")).toBe("Vestibule");
  expect(await meta("robots")).toBe("noindex, nofollow");

  const closed = await makeRoom("restricted");
  await page.goto(`${server.baseUrl}/r/${closed.slug}`);
  expect(await meta("og:title")).toBe("Meeting room");
  expect(await meta("robots")).toBe("noindex, nofollow");
});

for (const { language, theme } of [
  { language: "en", theme: "light" },
  { language: "fr", theme: "dark" },
]) {
  test(`the public page of a room follows WCAG 2.2 AA and fits on 320 pixels: ${language}, ${theme}`, async ({
    page,
    context,
  }) => {
    const url = server.baseUrl;
    await context.addCookies([
      { name: "locale", value: language, url },
      { name: "theme", value: theme, url },
    ]);
    for (const level of LEVELS) {
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.goto(`${url}/r/${(await makeRoom(level)).slug}`);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      expect(await findViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    }
  });
}

test("a room that was deleted or has expired is answered kindly, and like one that never was", async ({ page }) => {
  const deleted = await makeRoom("public");
  expect((await call("DELETE", `${ROOMS_PATH}/${deleted.id}`)).status).toBe(204);
  await expect.poll(async () => (await send(server.baseUrl, { path: `/r/${expired.slug}` })).status).toBe(404);

  for (const room of [deleted, expired]) {
    const { document, all } = await read(room.slug);
    expect(document.status).toBe(404);
    for (const secret of [...SECRETS, room.name, room.id, room.telephony.pin_code, PHONE, "prefecture.example"]) {
      expect(all).not.toContain(secret);
    }
    await page.goto(`${server.baseUrl}/r/${room.slug}`);
    await expect(page.getByRole("heading", { name: "There is no such room" })).toBeVisible();
    await expect(page.getByText("Whoever sent you the link can make a new one.")).toBeVisible();
  }
});
