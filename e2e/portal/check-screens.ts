import type { BrowserContext, Page } from "@playwright/test";
import { findViolations } from "../support/accessibility";
import { baseUrl } from "../support/server";
import { expect, test } from "./fixtures";
import type { Language } from "./screens";

/** The width of the narrowest window in which nothing may scroll sideways (WCAG 2.2, 1.4.10), in CSS pixels. */
const NARROW = { width: 320, height: 640 };

// Colours do not depend on words, nor words on colours: each of both is looked at once.
const LOOKS = [
  { language: "en", theme: "light" },
  { language: "fr", theme: "dark" },
] as const;

/** Ways to the screens of one part and to their states, by name. */
export type Screens = Record<string, (page: Page) => Promise<unknown>>;

/**
 * Adds two tests, English in light and French in dark colours: every screen follows WCAG 2.2 AA as axe can tell, and
 * none scrolls sideways in a window of 320 pixels. Call it once for each part of the portal. `prepare` makes what the
 * screens show, in English, and returns the ways to them.
 */
export function checkScreens(
  part: string,
  prepare: (page: Page, language: Language) => Promise<Screens> | Screens,
): void {
  for (const { language, theme } of LOOKS) {
    test(`every screen of ${part} follows WCAG 2.2 AA and fits on 320 pixels: ${language}, ${theme}`, async ({
      page,
      context,
    }) => {
      const screens = await prepare(page, language);
      await wear(context, { language, theme });
      const wide = page.viewportSize() ?? { width: 1280, height: 720 };
      for (const [screen, open] of Object.entries(screens)) {
        await test.step(screen, async () => {
          await page.setViewportSize(wide);
          await open(page);
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          // Wherever a click has scrolled it to, a bar that stays could cover half of a control there.
          await page.evaluate(() => window.scrollTo(0, 0));
          expect(await findViolations(page, { isOnlyWordsAndColors: theme === "dark" }), screen).toEqual([]);
          await page.setViewportSize(NARROW);
          expect(await findOverflow(page), `${screen} in a narrow window`).toEqual([]);
        });
      }
    });
  }
}

/** What reaches over the right edge of a window that scrolls sideways: nothing, or the elements. */
async function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= window.innerWidth) {
      return [];
    }
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > window.innerWidth,
    );
    return [`${root.scrollWidth} pixels`, ...wide.map((element) => element.outerHTML.slice(0, 200))];
  });
}

async function wear(context: BrowserContext, look: { language: string; theme: string }): Promise<void> {
  await context.addCookies([
    { name: "locale", value: look.language, url: baseUrl() },
    { name: "theme", value: look.theme, url: baseUrl() },
  ]);
}
