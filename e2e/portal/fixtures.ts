import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
import { ApplicationsPage } from "../pages/applications-page";
import { SecretDialog } from "../pages/secret-dialog";
import { test as base } from "../support/fresh-session";

type PortalFixtures = {
  form: ApplicationFormPage;
  list: ApplicationsPage;
  application: ApplicationPage;
  secret: SecretDialog;
  /** What a test of this file makes the browser complain about. */
  provoked: RegExp | undefined;
  quietConsole: undefined;
};

/** What an answer of 404, an action that no build has, one that is sent too much, and a connection that a test breaks, leave in the console. */
const EXPECTED = /^Failed to load resource: (?:the server responded with a status of (?:404|409|413)|net::ERR_FAILED)/;

/**
 * The pages of the portal, and a guard: a browser that complains, about the Content-Security-Policy or about markup
 * that differs between server and browser, fails the test.
 */
export const test = base.extend<PortalFixtures>({
  form: ({ page }, use) => use(new ApplicationFormPage(page)),
  list: ({ page }, use) => use(new ApplicationsPage(page)),
  application: ({ page }, use) => use(new ApplicationPage(page)),
  secret: ({ page }, use) => use(new SecretDialog(page)),
  provoked: [undefined, { option: true }],
  quietConsole: [
    async ({ page, provoked }, use) => {
      const complaints: string[] = [];
      const complain = (text: string) => {
        if (!EXPECTED.test(text) && provoked?.test(text) !== true) complaints.push(text);
      };
      page.on("pageerror", (error) => complain(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complain(message.text());
      });
      await use(undefined);
      base.expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export const { expect } = base;

let counter = 0;

/** A name that no other test of this run has used. */
export function uniqueName(start: string): string {
  counter += 1;
  return `${start} ${base.info().workerIndex}-${Date.now()}-${counter}`;
}
