import type { Page } from "@playwright/test";
import { checkScreens } from "../check-screens";
import { expect, test, uniqueName } from "../fixtures";

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
  "one operation": (page) => page.goto("/developers/reference/createRoom"),
  "running it": async (page) => {
    await page.goto("/developers?tab=python");
    await page
      .locator("summary")
      .filter({ has: page.locator("svg.lucide-chevron-right") })
      .click();
    await page.locator('input[type="password"]').waitFor();
  },
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
  await expect(page.getByRole("figure", { name: "curl", exact: true })).toContainText("$VESTIBULE_CLIENT_ID");
  await expect(page.getByRole("combobox")).toHaveCount(0);
  for (const address of ["/developers", `/developers?application=${application}`]) {
    const text = await (await page.request.get(address)).text();
    expect(text).toContain("VESTIBULE_CLIENT_ID");
    for (const leak of [clientId, privateName, "private.example"]) {
      expect(text).not.toContain(leak);
    }
  }
  await context.close();
});

test("the language of the program is chosen by keyboard alone, is part of the address, and comes back with it", async ({
  page,
}) => {
  await page.goto("/developers");
  const tab = (name: string) => page.getByRole("tab", { name, exact: true });
  await expect(page.getByRole("textbox", { name: "Person" })).toBeEnabled();
  await tab("curl").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab("TypeScript")).toBeFocused();
  await expect(tab("TypeScript")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel", { name: "TypeScript" })).toContainText("URLSearchParams");
  for (const [key, name] of [
    ["End", "n8n"],
    ["ArrowRight", "curl"],
    ["ArrowLeft", "n8n"],
    ["Home", "curl"],
    ["ArrowLeft", "n8n"],
    ["ArrowLeft", "Python"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(name)).toBeFocused();
  }
  await expect(page.getByRole("tab", { selected: true })).toHaveText("Python");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(tab("Python")).toBeFocused();
  await expect(page).toHaveURL(/[?&]tab=python(?:&|$)/);
  await page.reload();
  await expect(page.getByRole("tabpanel", { name: "Python" })).toContainText("import base64");
});

test("a link fills the program in for somebody without an account, with nothing that a shell or a program would run", async ({
  browser,
}) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  const program = page.getByRole("tabpanel");
  await page.goto("/developers?client=aClient42&person=zoe@lyon.example&tab=python");
  await expect(program).toContainText('CLIENT_ID = "aClient42"');
  await expect(program).toContainText('"requested_subject": "zoe@lyon.example"');
  for (const evil of ["$(id)@a.example", '";import os#@a.example', "a@b.example;id"]) {
    await page.goto(`/developers?client=${encodeURIComponent(evil)}&person=${encodeURIComponent(evil)}`);
    await expect(page.getByRole("textbox", { name: "Person" })).toHaveValue("someone@example.com");
    await expect(program).toContainText("requested_subject=someone@example.com");
    await expect(program).not.toContainText(evil);
  }
  const person = page.getByRole("textbox", { name: "Person" });
  await person.fill("`id`@a.example");
  await expect(person).toHaveAttribute("aria-invalid", "true");
  await expect(program).toContainText("requested_subject=someone@example.com");
  await person.fill("zoe@lyon.example");
  await expect(program).toContainText("requested_subject=zoe@lyon.example");
  await expect(page).toHaveURL(/person=zoe%40lyon\.example/);
  await context.close();
});

test("the reference has a page for each operation, found by a word, and links to it as it was still lead there", async ({
  page,
}) => {
  await page.goto("/developers/reference#updateRoom");
  await expect(page.locator("#updateRoom")).toBeInViewport();
  await expect(page.locator("#updateRoom").getByRole("link", { name: "Change a room" })).toBeVisible();
  const list = page.getByRole("navigation", { name: "Operations" });
  const filter = list.getByRole("searchbox", { name: "Filter operations" });
  await filter.fill("no such thing");
  await expect(list.getByRole("status")).toHaveText("No operation matches.");
  await expect(list.getByRole("link")).toHaveCount(0);
  await filter.fill("delete ROOMS");
  await list.getByRole("link", { name: "Delete a room", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Delete a room" })).toBeVisible();
  await expect(list.getByRole("link", { name: "Delete a room", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("figure", { name: "Request", exact: true })).toContainText("-X DELETE");
  await page.getByRole("link", { name: "Problem" }).first().click();
  await expect(page.locator("#schema-Problem")).toBeInViewport();
  const missing = await page.request.get("/developers/reference/noSuchOperation");
  expect(missing.status()).toBe(404);
});

test("an application’s page leads to its quick start, and another application or person is judged at once", async ({
  page,
  form,
}) => {
  const name = uniqueName("To be integrated");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["lyon.example"] });
  const { clientId } = await form.createAndReadCredentials();
  await page.getByRole("link", { name: "Integrate", exact: true }).click();
  await expect(page).toHaveURL(/\/developers\?application=[0-9a-f-]{36}$/);
  const choice = page.getByRole("combobox", { name: "Application", exact: true });
  await expect(choice.locator("option:checked")).toHaveText(name);
  await expect(page.getByRole("tabpanel")).toContainText(clientId);
  const needs = page.getByRole("list", { name: "What the first call needs" });
  await expect(needs).toContainText("May act for someone@lyon.example");
  await page.getByRole("textbox", { name: "Person" }).fill("zoe@paris.example");
  const lacking = needs.getByRole("link");
  await expect(lacking).toHaveText("paris.example not allowed");
  await expect(page).toHaveURL(/person=zoe%40paris\.example/);
  await page.reload();
  await lacking.click();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}\/delegation$/);
});
