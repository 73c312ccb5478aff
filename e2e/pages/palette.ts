import { expect, type Locator, type Page } from "@playwright/test";

/** The search of the portal. */
export class Palette {
  readonly button: Locator;
  readonly dialog: Locator;
  readonly field: Locator;
  readonly options: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole("button", { name: "Search…" });
    this.dialog = page.getByRole("dialog", { name: "Search the portal" });
    this.field = this.dialog.getByRole("combobox");
    this.options = this.dialog.getByRole("option");
  }

  /** Opens it by its key, once the page listens. */
  async open(): Promise<void> {
    await expect(async () => {
      if (!(await this.dialog.isVisible())) await this.page.keyboard.press("ControlOrMeta+k");
      await expect(this.field).toBeFocused({ timeout: 2000 });
    }).toPass();
  }

  option(name: string | RegExp): Locator {
    return this.dialog.getByRole("option", { name });
  }

  /** What Enter opens. */
  get chosen(): Locator {
    return this.dialog.getByRole("option", { selected: true });
  }
}
