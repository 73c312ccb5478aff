import { expect, type Locator, type Page } from "@playwright/test";
import { ApplicationPage } from "./application-page";

/** The page at /applications/{id}/authentication. */
export class ClientAuthenticationPage {
  readonly tokenLifetime: Locator;
  readonly keysAddress: Locator;
  readonly save: Locator;
  readonly publicKey: Locator;
  readonly keyName: Locator;
  readonly addKeyButton: Locator;

  constructor(readonly page: Page) {
    this.tokenLifetime = page.getByLabel("Token lifetime in seconds");
    this.keysAddress = page.getByLabel("Address of its keys");
    this.save = page.getByRole("button", { name: "Save client authentication" });
    this.publicKey = page.getByLabel("Public key");
    this.keyName = page.getByLabel("Key name (kid)");
    this.addKeyButton = page.getByRole("button", { name: "Add key" });
  }

  /** A grant or a method, by the name that protocols use. */
  choice(name: string): Locator {
    return this.page.getByRole("checkbox", { name: new RegExp(`^${name} `) });
  }

  revokeKeyButton(kid: string): Locator {
    return this.page.getByRole("button", { name: `Revoke key ${kid}` });
  }

  /** Goes there by the page of the secrets. */
  async openFromApplication(): Promise<void> {
    await new ApplicationPage(this.page).openTab("Secrets & keys");
    await this.page.getByRole("link", { name: "Change client authentication" }).click();
    await expect(this.page.getByRole("heading", { level: 2, name: "Client authentication" })).toBeVisible();
  }

  async saveAndWait(): Promise<void> {
    await this.save.click();
    await expect(this.page.getByText("Client authentication saved.")).toBeVisible();
  }

  async addKey(publicKey: string, kid: string): Promise<void> {
    await this.publicKey.fill(publicKey);
    await this.keyName.fill(kid);
    await this.addKeyButton.click();
    await expect(this.revokeKeyButton(kid)).toBeVisible();
  }

  async revokeKey(kid: string): Promise<void> {
    await this.revokeKeyButton(kid).click();
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Revoke key", exact: true }).click();
    await expect(this.revokeKeyButton(kid)).toBeHidden();
  }
}
