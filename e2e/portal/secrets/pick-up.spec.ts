import type { Browser, Page } from "@playwright/test";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { PickUpLinks, PickUpPage } from "../../pages/pick-up-page";
import { SecretsPage } from "../../pages/secrets-page";
import { countEffort } from "../../support/counted-effort";
import { checkScreens } from "../check-screens";
import { expect, test, uniqueName } from "../fixtures";

const NOBODY = { storageState: { cookies: [], origins: [] } };

/** A browser of somebody without an account. */
async function guestOf(browser: Browser): Promise<PickUpPage> {
  return new PickUpPage(await (await browser.newContext(NOBODY)).newPage());
}

/** Creates an application with a pick-up link, and ends on the page of its secrets. */
async function createWithLink(page: Page, name = uniqueName("Handed")): Promise<string> {
  const form = new ApplicationFormPage(page);
  const links = new PickUpLinks(page);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await links.make.click();
  const link = await links.take();
  await expect(page.getByRole("heading", { level: 2, name: "Secrets" })).toBeVisible();
  return link;
}

const tokenOf = (link: string) => link.split("#")[1] ?? "";

test("an application is created and handed over with six clicks and two fields, and staff see it happen", async ({
  page,
  browser,
}) => {
  const name = uniqueName("Handed");
  const form = new ApplicationFormPage(page);
  const links = new PickUpLinks(page);
  const effort = await countEffort(page);
  await page.goto("/applications");
  await page.getByRole("link", { name: "New application" }).click();
  await form.name.fill(name);
  await form.scope("rooms:create").click();
  await form.onlyTheseDomains.click();
  await form.allowedDomains.fill("example.org");
  await links.make.click();
  await expect(links.link).toHaveValue(/\/pick-up#[\w-]{43}$/);
  const link = await links.link.inputValue();
  await links.dialog.getByRole("button", { name: "Copy link" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await links.dialog.getByRole("button", { name: "Done" }).click();
  expect(effort()).toEqual({ clicks: 6, fields: 2 });
  await expect(page.getByRole("heading", { level: 2, name: "Secrets" })).toBeVisible();
  await expect(page.getByText("No secret is live")).toBeVisible();
  await expect(links.rows).toHaveCount(1);
  await expect(links.rows.first()).toContainText("Not picked up");
  expect(await page.content()).not.toContain(tokenOf(link));

  const guest = await guestOf(browser);
  const seen: string[] = [];
  guest.page.on("request", (request) => {
    seen.push(`${request.url()} ${request.headers().referer ?? ""}`);
  });
  await guest.open(link);
  await expect(guest.page.getByRole("main")).toContainText(name);
  await expect(guest.page).toHaveURL(/\/pick-up$/);
  await page.reload();
  await expect(links.rows.first()).toContainText("Not picked up");

  const { clientId, clientSecret } = await guest.pickUp();
  expect(seen.join("\n")).not.toContain(tokenOf(link));
  expect(seen.join("\n")).not.toContain(clientSecret);
  const answer = await page.request.post("/api/oauth/token", {
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    form: { grant_type: "client_credentials", requested_subject: "ana@example.org" },
  });
  expect(answer.status()).toBe(200);

  await page.reload();
  await expect(links.rows.first()).toContainText("Picked up");
  await expect(links.rows.first()).toContainText(/from (?:127\.0\.0\.1|::1)/);
  await expect(links.rows.first()).toContainText(`ends in ${clientSecret.slice(-27, -23)}`);
  expect(await page.content()).not.toContain(clientSecret);
  for (const path of ["/audit", "/applications"]) {
    expect(await (await page.request.get(path)).text()).not.toContain(clientSecret);
  }
});

test("is shown once: after the press and a reload the secret is nowhere in the page", async ({ page, browser }) => {
  const link = await createWithLink(page);
  const guest = await guestOf(browser);
  await guest.open(link);
  const { clientSecret } = await guest.pickUp();
  await guest.stored.check();
  await guest.done.click();
  await expect(guest.page.getByText("The secret is no longer shown. You can close this page.")).toBeVisible();
  const kept = () =>
    guest.page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        { ...localStorage },
        { ...sessionStorage },
        history.state,
        location.href,
        document.cookie,
        performance.getEntries().map(({ name }) => name),
      ]),
    );
  expect(await kept()).not.toContain(clientSecret);
  await guest.page.reload();
  await expect(guest.alert).toContainText("This link leads nowhere");
  expect(await kept()).not.toContain(clientSecret);
});

test("is asked for twice before it is lost, and copying does not count as stored", async ({ page, browser }) => {
  const link = await createWithLink(page);
  const guest = await guestOf(browser);
  await guest.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await guest.open(link);
  const { clientId, clientSecret } = await guest.pickUp();
  await guest.page.getByRole("button", { name: "Copy as .env" }).click();
  const origin = new URL(link).origin;
  expect(await guest.page.evaluate(() => navigator.clipboard.readText())).toBe(
    [
      `VESTIBULE_CLIENT_ID=${clientId}`,
      `VESTIBULE_CLIENT_SECRET=${clientSecret}`,
      `VESTIBULE_TOKEN_URL=${origin}/api/oauth/token`,
      `VESTIBULE_ROOMS_URL=${origin}/api/external/rooms`,
      "",
    ].join("\n"),
  );
  await expect(guest.stored).not.toBeChecked();
  await guest.done.click();
  await expect(guest.alert).toContainText("Nobody will see this secret again");
  await guest.page.getByRole("button", { name: "Close and lose it" }).click();
  await expect(guest.page.getByText("If it is not stored, tell whoever sent you the link")).toBeVisible();
});

test("is not used up by what reads addresses by itself: GET, HEAD, and a browser without scripts", async ({
  page,
  browser,
}) => {
  const link = await createWithLink(page);
  const guest = await guestOf(browser);
  for (const address of [link, link.replace("#", "?token=")]) {
    const got = await guest.page.request.get(address);
    expect(got.status()).toBe(200);
    expect(got.headers()["cache-control"]).toContain("no-store");
    expect(await got.text()).not.toMatch(/vst_/);
    expect((await guest.page.request.head(address)).status()).toBe(200);
  }
  const bot = await (await browser.newContext({ ...NOBODY, javaScriptEnabled: false })).newPage();
  await bot.goto(link);
  await expect(bot.getByRole("heading", { level: 1, name: "Pick up a secret" })).toBeVisible();
  // What is said to those without scripts is no text to the locators of a browser that has them.
  expect(await bot.content()).toMatch(/<noscript>.*This page needs JavaScript.*The link is not used up\.<\/p>/s);
  await expect(bot.getByRole("main")).not.toContainText("Checking the link");
  // One that does run scripts, and presses nothing, is no opener either.
  await guest.open(link);
  await expect(guest.press).toBeVisible();
  await page.reload();
  await expect(new PickUpLinks(page).rows.first()).toContainText("Not picked up");
  await guest.pickUp();
});

test("tells a second opener who was first, and staff that somebody came again", async ({ page, browser }) => {
  const link = await createWithLink(page);
  const [first, second] = [await guestOf(browser), await guestOf(browser)];
  await second.open(link);
  await expect(second.press).toBeVisible();
  await first.open(link);
  const { clientSecret } = await first.pickUp();
  await second.press.click();
  await expect(second.alert).toContainText("This secret was picked up");
  await expect(second.alert).toContainText(/from (?:127\.0\.0\.1|::1)/);
  await expect(second.alert).toContainText("If that was not you");
  await expect(second.alert).toBeFocused();
  await second.open(link);
  await expect(second.alert).toContainText("This secret was picked up");
  await page.reload();
  const row = new PickUpLinks(page).rows.first();
  await expect(row).toContainText("Somebody opened this link again after it was used, 2 times");
  await expect(row).toContainText("revoke the secret");
  const hint = clientSecret.slice(-27, -23);
  await page.getByRole("button", { name: `Revoke it: the secret that ends in ${hint}` }).click();
  await expect(page.getByText("The secret is revoked.")).toBeVisible();
});

test("says that it was revoked, when staff take it back", async ({ page, browser }) => {
  const link = await createWithLink(page);
  const guest = await guestOf(browser);
  await guest.open(link);
  await expect(guest.press).toBeVisible();
  const { rows } = new PickUpLinks(page);
  await rows.first().getByRole("button", { name: "Revoke link" }).click();
  await expect(rows.first().getByText("The link is revoked.")).toBeFocused();
  await expect(rows.first()).toContainText("Revoked");
  await expect(rows.first().getByRole("button")).toHaveCount(0);
  await guest.press.click();
  await expect(guest.alert).toContainText("This link was revoked");
  await expect(guest.alert).toContainText("No secret was made.");
});

test("says so when the application is inactive, and works once it is not", async ({ page, browser, application }) => {
  const link = await createWithLink(page);
  const guest = await guestOf(browser);
  await application.deactivate();
  await guest.open(link);
  await guest.press.click();
  await expect(guest.alert).toContainText("The application is deactivated");
  await application.activate();
  await guest.pickUp();
});

for (const [what, fragment] of [
  ["none", ""],
  ["an empty one", "#"],
  ["a cut one", "#nothing"],
  ["one of the right length", `#${"a".repeat(43)}`],
  ["one that is too long", `#${"a".repeat(500)}`],
] as const) {
  test(`says that a link leads nowhere, whose token is ${what}`, async ({ browser }) => {
    const guest = await guestOf(browser);
    await guest.open(`/pick-up${fragment}`);
    await expect(guest.alert).toBeVisible();
    await expect(guest.press).toBeHidden();
  });
}

test("is made in place of a rotation's secret, with the keyboard alone, and gives the focus back", async ({ page }) => {
  await createWithLink(page);
  const secrets = new SecretsPage(page);
  const links = new PickUpLinks(page);
  await expect(secrets.rotateButton).toBeEnabled();
  await secrets.rotateButton.focus();
  await page.keyboard.press("Enter");
  await secrets.dialog.getByLabel("Label").fill("Production");
  await secrets.dialog.getByRole("button", { name: "Make a pick-up link" }).focus();
  await page.keyboard.press("Enter");
  await expect(links.dialog.getByRole("button", { name: "Copy link" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(links.dialog.getByRole("alert")).toContainText("The link was not copied");
  await links.dialog.getByRole("button", { name: "Copy link" }).focus();
  await page.keyboard.press("Enter");
  await expect(links.dialog.getByText("Pick-up link copied.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(links.dialog).toBeHidden();
  await expect(secrets.rotateButton).toBeFocused();
  await expect(links.rows.filter({ hasText: "Production" })).toContainText("Not picked up");
});

checkScreens("the pick-up of a secret", async (page, language) => {
  const guests: Record<string, string> = {};
  for (const state of ["open", "picked up"]) guests[state] = await createWithLink(page);
  const closed = guests["picked up"] ?? "";
  const secretsPath = new URL(page.url()).pathname;
  const pickUp = new PickUpPage(page);
  await pickUp.open(closed);
  await pickUp.pickUp();
  await pickUp.stored.check();
  const names = language === "en" ? { make: "Make a pick-up link" } : { make: "Créer un lien de retrait" };
  return {
    "link that leads nowhere": (screen) => screen.goto("/pick-up"),
    "open link": async (screen) => {
      await new PickUpPage(screen).open(guests.open ?? "");
      await expect(screen.getByRole("main").getByRole("button")).toBeVisible();
    },
    "link that was used": async (screen) => {
      await new PickUpPage(screen).open(closed);
      await expect(screen.getByRole("main").getByRole("alert")).toBeVisible();
    },
    "picked up": async (screen) => {
      await new PickUpPage(screen).open(guests.open ?? "");
      await screen.getByRole("main").getByRole("button").click();
      await expect(screen.getByRole("checkbox")).toBeVisible();
      await screen.getByRole("checkbox").check();
    },
    "rows of links": (screen) => screen.goto(secretsPath),
    "dialog of a link": async (screen) => {
      await screen.goto(secretsPath);
      await screen.getByRole("button", { name: language === "en" ? "Add secret" : "Ajouter un secret" }).click();
      await screen.getByRole("dialog").getByRole("button", { name: names.make }).click();
      await expect(screen.getByRole("alertdialog")).toBeVisible();
    },
  };
});
