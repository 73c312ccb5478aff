import type { Page } from "@playwright/test";
import { MESSAGES } from "../../lib/i18n/messages";
import { ApplicationFormPage } from "../pages/application-form-page";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

/** Lets a new application make a room for somebody nobody knows yet. */
async function makeRoom(page: Page) {
  const form = new ApplicationFormPage(page);
  const name = uniqueName("Maker");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"] });
  const { clientId, clientSecret } = await form.createAndReadCredentials();
  const owner = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}@rooms.example`;
  const token = await page.request.post("/api/oauth/token", {
    form: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope: owner },
  });
  const { access_token: accessToken } = await token.json();
  const room = await page.request.post("/api/external/rooms", {
    headers: { authorization: `Bearer ${accessToken}` },
    data: {},
  });
  expect(room.status()).toBe(201);
  const { id, slug } = (await room.json()) as { id: string; slug: string };
  return { application: name, owner, id, slug };
}

test("a room is found by its owner, deleted with a warning, restored, and its history tells both", async ({ page }) => {
  const { application, owner, slug } = await makeRoom(page);
  await page.goto("/rooms");
  await page.getByRole("searchbox", { name: "Search rooms" }).fill(owner.slice(0, -8).toUpperCase());
  await expect(page.getByRole("status").filter({ hasText: "One room" })).toBeVisible();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: slug, exact: true }) });
  await expect(row.getByRole("cell")).toHaveText([owner, application, "Trusted", "Open", /ago|now/, ""]);

  await row.getByRole("link", { name: slug, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: slug })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete room" })).toBeEnabled();
  await page.getByRole("button", { name: "Delete room" }).press("Enter");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleDescription(/is there for nobody any more.*restore it for 30 days/);
  await expect(dialog.getByRole("button", { name: "Keep the room" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Delete room" })).toBeFocused();

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Delete room" }).click();
  await expect(page.getByText("This room is deleted: its link leads to a page that says so.")).toBeVisible();
  const restore = page.getByRole("button", { name: "Restore room" });
  await expect(restore).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Delete room" })).toBeFocused();
  await expect(
    page.getByRole("listitem").filter({ hasText: /Administrator (?:deleted|restored) the room/ }),
  ).toHaveText([
    new RegExp(`Administrator restored the room ${slug}`),
    new RegExp(`Administrator deleted the room ${slug}`),
  ]);
});

checkScreens("the rooms", async (page, language) => {
  const t = MESSAGES[language];
  const { id } = await makeRoom(page);
  return {
    list: () => page.goto("/rooms"),
    "no match": () => page.goto("/rooms?q=no+room+is+called+so"),
    room: () => page.goto(`/rooms/${id}`),
    deleting: async () => {
      await page.goto(`/rooms/${id}`);
      await page.getByRole("button", { name: t.roomControls.delete, exact: true }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
    deleted: async () => {
      await page.goto(`/rooms/${id}`);
      await page.getByRole("button", { name: t.roomControls.delete, exact: true }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: t.roomControls.delete, exact: true }).click();
      await expect(page.getByRole("button", { name: t.roomControls.restore, exact: true })).toBeVisible();
    },
    "no such room": () => page.goto("/rooms/nonsense"),
  };
});
