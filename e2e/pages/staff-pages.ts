import { expect, type Locator, type Page } from "@playwright/test";

/** The parts of /staff, and of the page that a one-time link opens. */
export class StaffPages {
  readonly email: Locator;
  readonly createInvitation: Locator;
  readonly linkDialog: Locator;
  readonly link: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByLabel("Email", { exact: true });
    this.createInvitation = page.getByRole("button", { name: "Create invitation" });
    this.linkDialog = page.getByRole("alertdialog");
    this.link = this.linkDialog.getByRole("textbox", { name: "One-time link" });
  }

  /** Reads the link, says that it is copied, and closes. */
  async takeLink(): Promise<string> {
    await expect(this.link).toHaveValue(/#[A-Za-z0-9_-]{43}$/);
    const link = await this.link.inputValue();
    await this.linkDialog.getByRole("button", { name: "Copy link" }).click();
    await this.linkDialog.getByRole("button", { name: "Done" }).click();
    await expect(this.linkDialog).toBeHidden();
    return link;
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async confirm(name: string): Promise<void> {
    await this.press(name);
    await this.page.getByRole("alertdialog").getByRole("button", { name, exact: true }).click();
    await expect(this.page.getByRole("alertdialog")).toBeHidden();
  }
}
