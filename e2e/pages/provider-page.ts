import type { Locator, Page } from "@playwright/test";

/** The sign-in page of the organisation's provider, which is not ours. */
export class ProviderPage {
  readonly heading: Locator;
  readonly userName: Locator;
  readonly cancel: Locator;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "Example University", exact: true });
    this.userName = page.getByLabel("User name", { exact: true });
    this.cancel = page.getByRole("button", { name: "Cancel", exact: true });
  }

  async signIn(userName: string): Promise<void> {
    await this.userName.fill(userName);
    await this.page.getByRole("button", { name: "Continue", exact: true }).click();
  }
}
