import { expect, type Locator, type Page } from "@playwright/test";
import type { Credentials } from "../support/oauth-requests";
import { ApplicationPage } from "./application-page";
import { SecretDialog } from "./secret-dialog";

/** The page of an application's secrets, and the dialogs that act upon them. */
export class SecretsPage {
  readonly rotateButton: Locator;
  readonly addButton: Locator;
  readonly dialog: Locator;
  readonly question: Locator;

  constructor(readonly page: Page) {
    this.rotateButton = page.getByRole("button", { name: "Rotate secret" });
    this.addButton = page.getByRole("button", { name: "Add secret" });
    this.dialog = page.getByRole("dialog");
    this.question = page.getByRole("alertdialog");
  }

  /** The entry of the secret that was made with these credentials. */
  entry({ clientSecret }: Credentials): Locator {
    const hint = `ends in ${clientSecret.slice(-27, -23)}`;
    return this.page.getByRole("listitem").filter({ has: this.page.getByRole("heading", { name: hint }) });
  }

  async openFromApplication(): Promise<void> {
    await new ApplicationPage(this.page).openTab("Secrets & keys");
    await expect(this.page.getByRole("heading", { level: 2, name: "Secrets", exact: true })).toBeVisible();
  }

  /** Rotates with what the dialog proposes, unless another end is named; reads the new secret and closes. */
  async rotate(end?: string): Promise<Credentials> {
    await this.rotateButton.click();
    if (end !== undefined) await this.dialog.getByRole("radio", { name: end }).check();
    await this.dialog.getByRole("button", { name: "Rotate secret" }).click();
    const reveal = new SecretDialog(this.page);
    const credentials = await reveal.read();
    await reveal.confirmAndClose();
    return credentials;
  }
}
