import { ApplicationFormPage } from "../pages/application-form-page";
import { checkScreens } from "./check-screens";
import { expect, uniqueName } from "./fixtures";
import { screensOf } from "./screens";

checkScreens("the applications", async (page, language) => {
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({
    name: `${uniqueName("Accessible")} ${"with-a-name-that-has-no-place-to-break".repeat(3)}`,
    scopes: ["rooms:create", "rooms:retrieve"],
    domains: ["a-very-long-name-of-a-department.of-a-very-long-name-of-an-institution.example.org"],
  });
  await form.createAndReadCredentials();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
  return screensOf(language, new URL(page.url()).pathname);
});
