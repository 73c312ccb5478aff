import { expect, type Locator, type Page } from "@playwright/test";

/** The page of one application. */
export class ApplicationPage {
  readonly clientId: Locator;
  readonly menu: Locator;
  readonly tabs: Locator;
  readonly deactivateButton: Locator;
  readonly activateButton: Locator;

  constructor(readonly page: Page) {
    this.clientId = page.getByRole("textbox", { name: "Client ID" });
    // The summary of a `details` has no role to find it by.
    this.menu = page.getByRole("main").locator("summary").filter({ hasText: "More actions" });
    this.tabs = page.getByRole("navigation", { name: "Pages of the application" });
    this.deactivateButton = page.getByRole("button", { name: "Deactivate", exact: true });
    this.activateButton = page.getByRole("button", { name: "Activate", exact: true });
  }

  /** One of the pages of the application, by what its tab says; behind it may stand a number. */
  tab(name: string): Locator {
    return this.tabs.getByRole("link", { name: new RegExp(`^${name}( \\(\\d+\\))?$`) });
  }

  async openTab(name: string): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute("aria-current", "page");
  }

  /** Opens the menu with what is done rarely, unless it is open. */
  async openMenu(): Promise<void> {
    if (!(await this.deactivateButton.or(this.activateButton).isVisible())) await this.menu.click();
  }

  /** Finds the application through the search of the list, as a person would. */
  async openByName(name: string): Promise<void> {
    await this.page.goto("/applications");
    await this.page.getByRole("searchbox", { name: "Search applications" }).fill(name);
    await this.page.getByRole("link", { name }).click();
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  async deactivate(): Promise<void> {
    await this.openMenu();
    await this.deactivateButton.click();
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Deactivate", exact: true }).click();
    await expect(this.page.getByText("This application is deactivated")).toBeVisible();
  }

  async activate(): Promise<void> {
    await this.openMenu();
    await this.activateButton.click();
    await expect(this.page.getByText("This application is deactivated")).toBeHidden();
  }
}
