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

  /** Uses an invitation, as whom it was handed to. */
  async join(link: string, { name, password }: { name: string; password: string }): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel("Name", { exact: true }).fill(name);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByText("Your account is ready")).toBeVisible();
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
