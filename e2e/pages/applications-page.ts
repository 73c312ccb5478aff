import { expect, type Locator, type Page } from "@playwright/test";

/** The list at /applications. */
export class ApplicationsPage {
  readonly heading: Locator;
  readonly search: Locator;
  readonly newApplication: Locator;
  readonly rows: Locator;
  readonly pages: Locator;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "Applications" });
    this.search = page.getByRole("searchbox", { name: "Search applications" });
    this.newApplication = page.getByRole("link", { name: "New application" });
    this.rows = page.getByRole("table").getByRole("row");
    this.pages = page.getByRole("navigation", { name: "Pages" });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/applications${query}`);
    await expect(this.heading).toBeVisible();
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  /** The names in the order of the list. */
  names(): Promise<string[]> {
    return this.page.getByRole("table").getByRole("rowheader").getByRole("link").allTextContents();
  }
}
