import { expect, test as setup } from "@playwright/test";
import { ADMINISTRATOR_STATE, administrator } from "../support/server";

setup("the first administrator signs in through the form", async ({ page }) => {
  const { email, password } = administrator();
  await page.goto("/sign-in");
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.context().storageState({ path: ADMINISTRATOR_STATE });
});
