import type { Page } from "@playwright/test";
import { MESSAGES as LANGUAGES } from "../../lib/i18n/messages";
import { UserMenu } from "../pages/user-menu";
import { expect } from "./fixtures";

export type Language = keyof typeof LANGUAGES;

/** Ways to every screen and every state of it, in either language. `applicationPath` is that of an application. */
export function screensOf(
  language: Language,
  applicationPath: string,
): Record<string, (page: Page) => Promise<unknown>> {
  const t = LANGUAGES[language];
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  return {
    list: (page) => page.goto("/applications"),
    "user menu": async (page) => {
      await page.goto("/applications");
      await new UserMenu(page).open();
      await expect(page.getByRole("group", { name: t.preferences.theme })).toBeVisible();
    },
    "no match": (page) => page.goto("/applications?q=no+application+is+called+so"),
    "empty form": (page) => page.goto("/applications/new"),
    "form with errors": async (page) => {
      await page.goto("/applications/new");
      await page.getByRole("radio", { name: t.applicationForm.listedDomains }).check();
      await page.getByLabel(t.applicationForm.domains).fill("nonsense");
      await button(page, t.applicationForm.create).click();
      await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    },
    "form that warns": async (page) => {
      await page.goto("/applications/new");
      await page.getByRole("radio", { name: t.applicationForm.anyDomain }).check();
    },
    reveal: async (page) => {
      await page.goto("/applications/new");
      await page.getByLabel(t.applicationForm.name, { exact: true }).fill(`Screen ${language}`);
      await page.getByRole("radio", { name: t.applicationForm.anyDomain }).check();
      await button(page, t.applicationForm.create).click();
      await button(page, t.reveal.done).click();
      await expect(page.getByRole("alertdialog").getByRole("alert")).toBeVisible();
    },
    application: (page) => page.goto(applicationPath),
    incident: (page) => page.goto("/incident"),
    "incident with an application and nobody": async (page) => {
      await page.goto(`/incident?q=Zeppelin&application=${applicationPath.slice(-36)}`);
      await expect(page.getByRole("link", { name: /Accessible/ }).first()).toBeVisible();
      await page.getByText(t.incident.showReport).click();
    },
    "incident with several to choose from": (page) => page.goto("/incident?q=e"),
    "shutting out": async (page) => {
      await page.goto(applicationPath);
      await page.getByRole("main").locator("summary").click();
      await button(page, t.application.deactivate).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
    "application menu": async (page) => {
      await page.goto(applicationPath);
      await page.getByRole("main").locator("summary").click();
      await expect(button(page, t.revokeAccess.delete)).toBeVisible();
    },
    edit: (page) => page.goto(`${applicationPath}/edit`),
    history: (page) => page.goto(`${applicationPath}/history`),
    "no such application": (page) => page.goto("/applications/nonsense"),
    "no such page": (page) => page.goto("/no-such-page"),
    "no such room": (page) => page.goto("/r/abc-defg-hij"),
    "sign-in": async (page) => {
      await page.context().clearCookies({ name: /session/ });
      await page.goto("/sign-in");
    },
  };
}
