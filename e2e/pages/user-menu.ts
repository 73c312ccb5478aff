import type { Locator, Page } from "@playwright/test";

/** Who is signed in, language and colours, and the way out. */
export class UserMenu {
  readonly region: Locator;
  readonly signOut: Locator;

  constructor(page: Page) {
    this.region = page.getByRole("region", { name: /User menu|Menu de l’utilisateur/ });
    this.signOut = this.region.getByRole("button", { name: /Sign out|Se déconnecter/ });
  }

  /** The summary of a `details` has no role to find it by. */
  async open(): Promise<void> {
    await this.region.locator("summary").click();
  }

  /** Chooses a language or colours by the name of the button. */
  async choose(name: string): Promise<void> {
    await this.region.getByRole("button", { name, exact: true }).click();
  }
}
