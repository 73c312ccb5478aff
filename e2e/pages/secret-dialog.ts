import { expect, type Locator, type Page } from "@playwright/test";
import type { Credentials } from "../support/oauth-requests";

/** The dialog that shows a secret once. */
export class SecretDialog {
  readonly dialog: Locator;
  readonly clientId: Locator;
  readonly clientSecret: Locator;
  readonly copySecret: Locator;
  readonly copyId: Locator;
  readonly copyEnv: Locator;
  readonly download: Locator;
  readonly stored: Locator;
  readonly done: Locator;
  readonly closeAndLose: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole("alertdialog");
    this.clientId = this.dialog.getByRole("textbox", { name: "Client ID" });
    this.clientSecret = this.dialog.getByRole("textbox", { name: "Client secret" });
    this.copySecret = this.dialog.getByRole("button", { name: "Copy client secret" });
    this.copyId = this.dialog.getByRole("button", { name: "Copy client ID" });
    this.copyEnv = this.dialog.getByRole("button", { name: "Copy as .env" });
    this.download = this.dialog.getByRole("button", { name: "Download as .env" });
    this.stored = this.dialog.getByRole("checkbox", { name: "I have stored it in a safe place" });
    this.done = this.dialog.getByRole("button", { name: "Done" });
    this.closeAndLose = this.dialog.getByRole("button", { name: "Close and lose it" });
  }

  async read(): Promise<Credentials> {
    await expect(this.clientSecret).toHaveValue(/^vst_/);
    return { clientId: await this.clientId.inputValue(), clientSecret: await this.clientSecret.inputValue() };
  }

  /** Says that it is stored, and closes. */
  async confirmAndClose(): Promise<void> {
    await this.stored.check();
    await this.done.click();
    await expect(this.dialog).toBeHidden();
  }
}
