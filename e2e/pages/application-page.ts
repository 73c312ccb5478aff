import { expect, type Locator, type Page } from "@playwright/test";

/** The page of one application. */
export class ApplicationPage {
  readonly clientId: Locator;
  readonly edit: Locator;
  readonly deactivateButton: Locator;
  readonly activateButton: Locator;

  constructor(readonly page: Page) {
    this.clientId = page.getByRole("textbox", { name: "Client ID" });
    this.edit = page.getByRole("link", { name: "Edit", exact: true });
    this.deactivateButton = page.getByRole("button", { name: "Deactivate", exact: true });
    this.activateButton = page.getByRole("button", { name: "Activate", exact: true });
  }

  /** Finds the application through the search of the list, as a person would. */
  async openByName(name: string): Promise<void> {
    await this.page.goto("/applications");
    await this.page.getByRole("searchbox", { name: "Search applications" }).fill(name);
    await this.page.getByRole("link", { name }).click();
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  async deactivate(): Promise<void> {
    await this.deactivateButton.click();
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Deactivate", exact: true }).click();
    await expect(this.activateButton).toBeVisible();
  }

  async activate(): Promise<void> {
    await this.activateButton.click();
    await expect(this.deactivateButton).toBeVisible();
  }
}
