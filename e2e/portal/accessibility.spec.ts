import { ApplicationFormPage } from "../pages/application-form-page";
import { findViolations } from "../support/accessibility";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";
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

for (const isOnlyWordsAndColors of [false, true]) {
  test(`the check of a screen tells what breaks it, words and colours alone: ${isOnlyWordsAndColors}`, async ({
    page,
  }) => {
    await page.setContent(`<!doctype html><html><head><title>Broken</title></head><body><main><h1>Broken</h1>
      <p style="color: #bbb; background: #fff">pale</p><button></button></main></body></html>`);
    const rules = (await findViolations(page, { isOnlyWordsAndColors })).map((violation) => violation.split(":")[0]);
    expect(rules.sort()).toEqual(["button-name", "color-contrast", "html-has-lang"]);
  });
}
