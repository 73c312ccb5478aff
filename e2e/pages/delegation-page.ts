import type { Locator, Page } from "@playwright/test";
import { ApplicationPage } from "./application-page";

/** The page of an application that says for whom it may act. */
export class DelegationPage {
  readonly anyDomain: Locator;
  readonly allowedDomains: Locator;
  readonly saveDomains: Locator;
  readonly peopleToAllow: Locator;
  readonly peopleToDeny: Locator;
  readonly addAllowed: Locator;
  readonly addDenied: Locator;
  readonly dialog: Locator;
  readonly typedName: Locator;

  constructor(readonly page: Page) {
    this.anyDomain = page.getByRole("radio", { name: "Any e-mail domain" });
    this.allowedDomains = page.getByLabel("Allowed domains");
    this.saveDomains = page.getByRole("button", { name: "Save domains" });
    this.peopleToAllow = page.getByLabel("People to allow");
    this.peopleToDeny = page.getByLabel("People to deny");
    this.addAllowed = page.getByRole("button", { name: "Add to the allow list" });
    this.addDenied = page.getByRole("button", { name: "Add to the deny list" });
    this.dialog = page.getByRole("alertdialog");
    this.typedName = this.dialog.getByRole("textbox");
  }

  /** Goes there from another page of the application. */
  async open(): Promise<void> {
    await new ApplicationPage(this.page).openTab("Delegation");
    await this.page.getByRole("heading", { level: 2, name: "Delegation" }).waitFor();
  }

  async openDomains(): Promise<void> {
    await this.page.getByRole("button", { name: "Change the domains" }).click();
    await this.anyDomain.waitFor();
  }

  async openDenyList(): Promise<void> {
    await this.page.getByRole("button", { name: "Deny people" }).click();
    await this.peopleToDeny.waitFor();
  }

  async openAllowList(): Promise<void> {
    await this.page.getByRole("button", { name: "Allow people" }).click();
    await this.peopleToAllow.waitFor();
  }

  remove(email: string): Locator {
    return this.page.getByRole("button", { name: `Remove ${email}` });
  }

  /** An entry of one of the page's lists. */
  entry(text: string): Locator {
    return this.page.getByRole("main").getByRole("listitem").filter({ hasText: text });
  }
}
