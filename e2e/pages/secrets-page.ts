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
  readonly title: Locator;

  constructor(readonly page: Page) {
    this.rotateButton = page.getByRole("button", { name: "Rotate secret" });
    this.addButton = page.getByRole("button", { name: "Add secret" });
    this.title = page.getByRole("heading", { level: 2, name: "Secrets", exact: true });
    this.dialog = page.getByRole("dialog");
    this.question = page.getByRole("alertdialog");
  }

  /** The row of the secret that was made with these credentials. */
  entry({ clientSecret }: Credentials): Locator {
    const hint = `ends in ${clientSecret.slice(-27, -23)}`;
    return this.page.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name: hint }) });
  }

  /** Chooses something of the menu of a row. */
  async choose(credentials: Credentials, action: string): Promise<void> {
    await this.entry(credentials)
      .getByRole("button", { name: /^Actions for the secret/ })
      .click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }

  /** Waits for what was done to be said, and for the focus on what stays. */
  async expectSaid(text: string): Promise<void> {
    await expect(this.page.getByRole("status").filter({ hasText: text })).toBeVisible();
    await expect(this.title).toBeFocused();
  }

  /** Unfolds the secrets that have ended. */
  async showEnded(): Promise<void> {
    await this.page.getByText(/secrets? that ha(?:s|ve) ended$/).click();
  }

  async openFromApplication(): Promise<void> {
    await new ApplicationPage(this.page).openTab("Secrets & keys");
    await expect(this.title).toBeVisible();
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
