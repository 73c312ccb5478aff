import { expect, type Locator, type Page } from "@playwright/test";
import type { Credentials } from "../support/oauth-requests";
import { SecretDialog } from "./secret-dialog";

export type ApplicationDetails = { name: string; scopes?: readonly string[]; domains?: readonly string[] };

/** The form at /applications/new. */
export class ApplicationFormPage {
  readonly name: Locator;
  readonly anyDomain: Locator;
  readonly onlyTheseDomains: Locator;
  readonly allowedDomains: Locator;
  readonly create: Locator;
  readonly save: Locator;

  constructor(readonly page: Page) {
    this.name = page.getByLabel("Name", { exact: true });
    this.anyDomain = page.getByRole("radio", { name: "Any e-mail domain" });
    this.onlyTheseDomains = page.getByRole("radio", { name: "Only these domains" });
    this.allowedDomains = page.getByLabel("Allowed domains");
    this.save = page.getByRole("button", { name: "Save changes" });
    this.create = page.getByRole("button", { name: "Create application" });
  }

  scope(name: string): Locator {
    return this.page.getByRole("checkbox", { name: new RegExp(name) });
  }

  async open(): Promise<void> {
    await this.page.goto("/applications/new");
    await expect(this.name).toBeVisible();
  }

  /** Fills the form in. No domain means: any, which has to be chosen as well. */
  async fill({ name, scopes = [], domains = [] }: ApplicationDetails): Promise<void> {
    await this.name.fill(name);
    for (const scope of scopes) await this.scope(scope).check();
    if (domains.length === 0) return this.anyDomain.check();
    await this.onlyTheseDomains.check();
    await this.allowedDomains.fill(domains.join("\n"));
  }

  /** Creates several at once: the first by hand, and the others by sending again what the browser sent for it. */
  async createMany(names: readonly [string, ...string[]]): Promise<void> {
    const [first, ...others] = names;
    await this.open();
    await this.fill({ name: first });
    const sent = this.page.waitForRequest((request) => request.method() === "POST");
    await this.createAndReadCredentials();
    const request = await sent;
    for (const name of others) {
      const answer = await this.page.request.post(request.url(), {
        headers: await request.allHeaders(),
        data: (request.postData() ?? "").replace(first, name),
      });
      expect(answer.status()).toBe(200);
    }
  }

  /** Saves, reads the credentials from the dialog, says that they are stored, and ends on the application's page. */
  async createAndReadCredentials(): Promise<Credentials> {
    await this.create.click();
    const dialog = new SecretDialog(this.page);
    const credentials = await dialog.read();
    await dialog.confirmAndClose();
    await this.page.waitForURL(/\/applications\/[0-9a-f-]{36}$/);
    return credentials;
  }
}
