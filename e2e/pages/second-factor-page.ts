import { expect, type Locator, type Page } from "@playwright/test";
import { AuthenticatorApp } from "../support/second-factor/authenticator-app";

/** The section "Two-step sign-in" of the account page, and the page after the password. */
export class SecondFactorPage {
  readonly card: Locator;
  readonly codes: Locator;
  readonly code: Locator;
  readonly recoveryCode: Locator;
  readonly passkey: Locator;
  readonly failure: Locator;

  constructor(readonly page: Page) {
    this.card = page.locator("#second-factor");
    this.codes = page.getByRole("alertdialog", { name: "Your recovery codes" });
    this.code = page.getByLabel("Code from your authenticator app", { exact: true });
    this.recoveryCode = page.getByLabel("Recovery code", { exact: true });
    this.passkey = page.getByRole("button", { name: "Use a passkey", exact: true });
    this.failure = page.getByRole("main").getByRole("alert");
  }

  /** Adds an app with the first of its codes; `meanwhile` happens while its key is shown. */
  async addApp(meanwhile?: () => Promise<void>): Promise<AuthenticatorApp> {
    await this.card.getByRole("button", { name: "Add an app", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "Add an authenticator app" });
    await expect(dialog.getByRole("img", { name: "QR code with the key" })).toBeVisible();
    await meanwhile?.();
    const app = new AuthenticatorApp(await dialog.getByLabel("Key", { exact: true }).inputValue());
    await dialog.getByLabel("Code from the app", { exact: true }).fill(await app.nextCode());
    await this.page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    return app;
  }

  /** Adds a passkey of the authenticator that the page has. */
  async addPasskey(name: string): Promise<void> {
    await this.card.getByRole("button", { name: "Add a passkey", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "Add a passkey" });
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await this.page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
  }

  /** Reads the codes that are shown, says that they are stored, and closes the dialog. */
  async takeCodes(): Promise<string[]> {
    const codes = await this.codes.getByRole("listitem").allTextContents();
    await this.codes.getByRole("checkbox").check();
    await this.codes.getByRole("button", { name: "Done", exact: true }).click();
    await expect(this.codes).toBeHidden();
    return codes;
  }

  async enterCode(code: string): Promise<void> {
    await this.code.fill(code);
    await this.page.keyboard.press("Enter");
  }

  async enterRecoveryCode(code: string): Promise<void> {
    if (!(await this.recoveryCode.isVisible())) await this.page.getByText("Use a recovery code instead").click();
    await this.recoveryCode.fill(code);
    await this.page.keyboard.press("Enter");
  }
}
