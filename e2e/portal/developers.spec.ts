import type { Page } from "@playwright/test";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

/** Forgets who is signed in, and goes on with the language and the colours. */
const withoutSession = (path: string) => async (page: Page) => {
  await page.context().clearCookies({ name: /session/ });
  await page.goto(path);
};

checkScreens("the documentation for developers", () => ({
  "quick start": (page) => page.goto("/developers"),
  errors: (page) => page.goto("/developers/errors"),
  "one error": (page) => page.goto("/developers/errors#invalid_scope"),
  reference: (page) => page.goto("/developers/reference"),
  "quick start without an account": withoutSession("/developers"),
  "errors without an account": withoutSession("/developers/errors"),
}));

test("the documentation is open to developers who have no account, and tells them nothing of an application", async ({
  browser,
  page: signedIn,
  form,
}) => {
  const privateName = uniqueName("Not for the public");
  await form.open();
  await form.fill({ name: privateName, scopes: ["rooms:create"], domains: ["private.example"] });
  const { clientId } = await form.createAndReadCredentials();
  await expect(signedIn).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
  const application = new URL(signedIn.url()).pathname.split("/").at(-1) ?? "";
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(page.url()).origin && page.url() !== "about:blank") elsewhere.push(request.url());
  });
  await page.goto("/developers/errors#domain_not_allowed");
  await expect(page.getByRole("heading", { level: 1, name: "Errors" })).toBeVisible();
  await page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "API reference" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();
  expect((await page.getByRole("main").boundingBox())?.width).toBeGreaterThan(1_000);
  for (const name of [
    "Ask who I am",
    "Create a room",
    "Get an access token",
    "List rooms, as clients of La Suite Meet do",
  ]) {
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  }
  expect(elsewhere).toEqual([]);
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Référence de l’API" })).toBeVisible();
  await page.getByRole("link", { name: "Se connecter" }).click();
  await expect(page).toHaveURL("/sign-in?to=%2Fdevelopers%2Freference");

  await page.goBack();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Quick start" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Developers" })).toBeVisible();
  await expect(page.getByRole("figure", { name: "curl", exact: true })).toContainText("YOUR_CLIENT_ID");
  await expect(page.getByRole("combobox")).toHaveCount(0);
  for (const address of ["/developers", `/developers?application=${application}`]) {
    const text = await (await page.request.get(address)).text();
    expect(text).toContain("YOUR_CLIENT_ID");
    for (const leak of [clientId, privateName, "private.example"]) {
      expect(text).not.toContain(leak);
    }
  }
  await context.close();
});
