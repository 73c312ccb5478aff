import { expect, type Locator, type Page } from "@playwright/test";
import type { Credentials } from "../support/oauth-requests";

/** The page that a pick-up link opens, for somebody without an account. */
export class PickUpPage {
  readonly press: Locator;
  readonly clientId: Locator;
  readonly clientSecret: Locator;
  readonly stored: Locator;
  readonly done: Locator;
  readonly alert: Locator;

  constructor(readonly page: Page) {
    this.press = page.getByRole("button", { name: "Make the secret and show it" });
    this.clientId = page.getByRole("textbox", { name: "Client ID" });
    this.clientSecret = page.getByRole("textbox", { name: "Client secret" });
    this.stored = page.getByRole("checkbox", { name: "I have stored it in a safe place" });
    this.done = page.getByRole("button", { name: "Done" });
    this.alert = page.getByRole("main").getByRole("alert");
  }

  /** Opens a link, also when the page was open already: another fragment alone would load nothing. */
  async open(link: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(link);
  }

  async pickUp(): Promise<Credentials> {
    await this.press.click();
    await expect(this.clientSecret).toHaveValue(/^vst_/);
    return { clientId: await this.clientId.inputValue(), clientSecret: await this.clientSecret.inputValue() };
  }
}

/** The dialog that shows staff a pick-up link once, and the rows of the links on the page of the secrets. */
export class PickUpLinks {
  readonly make: Locator;
  readonly dialog: Locator;
  readonly link: Locator;
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.make = page.getByRole("button", { name: "Make a pick-up link" });
    this.dialog = page.getByRole("alertdialog");
    this.link = this.dialog.getByRole("textbox", { name: "Pick-up link" });
    this.rows = page.getByRole("list", { name: "Pick-up links" }).getByRole("listitem");
  }

  /** Copies the link, which counts as kept, and closes. */
  async take(): Promise<string> {
    await expect(this.link).toHaveValue(/#[\w-]{43}$/);
    const link = await this.link.inputValue();
    await this.dialog.getByRole("button", { name: "Copy link" }).click();
    await this.dialog.getByRole("button", { name: "Done" }).click();
    await expect(this.dialog).toBeHidden();
    return link;
  }
}
