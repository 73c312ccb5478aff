import { expect, test } from "@playwright/test";
import { SignInPage } from "../pages/sign-in-page";
import { findViolations } from "../support/accessibility";
import { startOwnServer } from "../support/own-server";
import { makeDataDirectory } from "../support/server";

test("the password that a first start prints opens nothing but the choice of another one, and then the first steps", async ({
  browser,
}) => {
  const server = await startOwnServer({
    DATA_DIR: makeDataDirectory("first-password"),
    ADMIN_EMAIL: "administrator@vestibule.example",
  });
  await server.ready;
  const [, printed = ""] = /Password {5}(\S+)/.exec(server.output()) ?? [];
  expect(printed).toMatch(/^[A-Za-z0-9]{24}$/);
  const page = await browser.newPage({ baseURL: server.baseUrl });
  const email = "administrator@vestibule.example";
  await page.goto("/sign-in");
  await new SignInPage(page).signIn({ email, password: printed });
  await expect(page.getByText("Choose your own: then the portal is yours.")).toBeVisible();

  for (const path of ["/", "/applications", "/applications/new", "/staff", "/audit"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/account$/);
  }
  const download = await page.request.get("/audit/export?format=json");
  expect([download.status(), await download.json()]).toEqual([
    403,
    expect.objectContaining({ code: "password_change_required" }),
  ]);

  const change = async (current: string, chosen: string) => {
    await page.getByLabel("Current password", { exact: true }).fill(current);
    await page.getByLabel("New password", { exact: true }).fill(chosen);
    await page.keyboard.press("Enter");
  };
  await change(printed, "short");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Use at least 12 characters.");
  await change("not the printed one", "four words of my own");
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  const copied = await page.context().cookies();
  await change(printed, "four words of my own");
  await expect(page.getByText("The password is changed.")).toBeVisible();
  await expect(page.getByText("Choose your own: then the portal is yours.")).toBeHidden();

  const thief = await browser.newContext({ baseURL: server.baseUrl });
  await thief.addCookies(copied);
  const stolen = await thief.newPage();
  await stolen.goto("/account");
  await expect(stolen).toHaveURL(/\/sign-in/);
  await thief.close();
  await page.goto("/applications");
  await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeVisible();

  await page.goto("/");
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps).toContainText("0 of 5 done");
  await expect(steps.getByRole("listitem")).toHaveText([
    /^The public address \(to do\).*http:\/\/localhost:\d+.*PUBLIC_URL/,
    /^The first application \(to do\).*New application$/,
    /^The first token \(to do\)/,
    /^A second administrator \(to do\)/,
    /^The meeting front end \(to do\)/,
  ]);
  expect(await findViolations(page)).toEqual([]);
  await steps.getByRole("button", { name: "Do not show again" }).click();
  await expect(steps).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(steps).toBeHidden();

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await new SignInPage(page).signIn({ email, password: printed });
  await expect(page.getByRole("alert").filter({ hasText: "password" })).toBeVisible();
  await page.close();
  server.process.kill("SIGTERM");
  await server.exited;
  expect(server.output()).not.toContain("four words");
});
