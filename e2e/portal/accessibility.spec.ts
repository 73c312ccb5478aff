import AxeBuilder from "@axe-core/playwright";
import { baseUrl } from "../support/server";
import { expect, test, uniqueName } from "./fixtures";
import { screensOf } from "./screens";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Colours do not depend on words, nor words on colours: each of both is looked at once.
for (const { language, theme } of [
  { language: "en", theme: "light" },
  { language: "fr", theme: "dark" },
] as const) {
  test(`every screen follows WCAG 2.2 AA: ${language}, ${theme}`, async ({ page, context, form }) => {
    test.slow();
    await form.open();
    await form.fill({ name: uniqueName("Accessible"), scopes: ["rooms:create"] });
    await form.createAndReadCredentials();
    await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
    const screens = screensOf(language, new URL(page.url()).pathname);

    await context.addCookies([
      { name: "locale", value: language, url: baseUrl() },
      { name: "theme", value: theme, url: baseUrl() },
    ]);
    for (const [screen, open] of Object.entries(screens)) {
      await test.step(screen, async () => {
        await open(page);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        const { violations } = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
        expect(found, screen).toEqual([]);
      });
    }
  });
}

for (const language of ["en", "fr"] as const) {
  test(`no screen scrolls sideways, down to 320 pixels: ${language}`, async ({ page, context, form }) => {
    test.slow();
    await form.open();
    await form.fill({
      name: `${uniqueName("Narrow")} ${"with-a-name-that-has-no-place-to-break".repeat(3)}`,
      scopes: ["rooms:create", "rooms:retrieve"],
      domains: ["a-very-long-name-of-a-department.of-a-very-long-name-of-an-institution.example.org"],
    });
    await form.createAndReadCredentials();
    await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
    const screens = screensOf(language, new URL(page.url()).pathname);

    await page.setViewportSize({ width: 320, height: 640 });
    await context.addCookies([{ name: "locale", value: language, url: baseUrl() }]);
    for (const [screen, open] of Object.entries(screens)) {
      await test.step(screen, async () => {
        await open(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, screen).toBeLessThanOrEqual(0);
      });
    }
  });
}
