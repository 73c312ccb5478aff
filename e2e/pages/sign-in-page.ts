import { expect, type Locator, type Page } from "@playwright/test";

export type StaffCredentials = { email: string; password: string };

/** The form at /sign-in. */
export class SignInPage {
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  /** There when an identity provider is configured. */
  readonly organisation: Locator;
  readonly failure: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByLabel("Email", { exact: true });
    this.password = page.getByLabel("Password", { exact: true });
    this.submit = page.getByRole("button", { name: "Sign in", exact: true });
    this.organisation = page.getByRole("link", { name: "Sign in with Example University", exact: true });
    this.failure = page.getByRole("main").getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/sign-in");
    await expect(this.email).toBeVisible();
  }

  async signIn({ email, password }: StaffCredentials): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }
}
