import { expect, type Locator, type Page } from "@playwright/test";
import type { Credentials } from "../support/oauth-requests";

/** The dialog that shows a secret once. */
export class SecretDialog {
  readonly dialog: Locator;
  readonly clientId: Locator;
  readonly clientSecret: Locator;
  readonly copySecret: Locator;
  readonly copyId: Locator;
  readonly download: Locator;
  readonly stored: Locator;
  readonly done: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole("alertdialog");
    this.clientId = this.dialog.getByRole("textbox", { name: "Client ID" });
    this.clientSecret = this.dialog.getByRole("textbox", { name: "Client secret" });
    this.copySecret = this.dialog.getByRole("button", { name: "Copy client secret" });
    this.copyId = this.dialog.getByRole("button", { name: "Copy client ID" });
    this.download = this.dialog.getByRole("button", { name: "Download as .env" });
    this.stored = this.dialog.getByRole("checkbox", { name: "I have stored it in a safe place" });
    this.done = this.dialog.getByRole("button", { name: "Done" });
  }

  async read(): Promise<Credentials> {
    await expect(this.clientSecret).toHaveValue(/^vst_/);
    return { clientId: await this.clientId.inputValue(), clientSecret: await this.clientSecret.inputValue() };
  }

  /** Copies, which counts as stored, and closes. */
  async confirmAndClose(): Promise<void> {
    await this.copySecret.click();
    await this.done.click();
    await expect(this.dialog).toBeHidden();
  }
}
