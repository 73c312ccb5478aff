import { expect, test } from "@playwright/test";
import pg from "pg";
import { findPostgres } from "../../scripts/testing/test-environment.mjs";
import { ApplicationFormPage } from "../pages/application-form-page";
import { PickUpLinks, PickUpPage } from "../pages/pick-up-page";
import { SignInPage } from "../pages/sign-in-page";
import { createOwnDatabase, migrate, query } from "../support/own-database";
import { stopOwnServer } from "../support/own-portal";
import { startOwnServer } from "../support/own-server";
import { skipIfMissing } from "../support/run-client";

const postgres = await findPostgres();
const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };

/** Every row of every table, as text. */
async function dump(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${name}" t`);
    rows.push(...found.rows.map(({ row }) => row));
  }
  await client.end();
  return rows.join("\n");
}

test("a secret that is picked up is nowhere before the press and only a hash after it, and an expired link says so", async ({
  browser,
}) => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const { environment, drop } = await createOwnDatabase(postgres.url ?? "");
  const url = environment.DATABASE_URL ?? "";
  await migrate(environment);
  const server = await startOwnServer({
    ...environment,
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
  });
  try {
    await server.ready;
    const page = await browser.newPage({ baseURL: server.baseUrl });
    await page.goto("/sign-in");
    await new SignInPage(page).signIn(ADMINISTRATOR);
    await expect(page.getByText("Let the first application in")).toBeVisible();
    const links = new PickUpLinks(page);
    const create = async (name: string) => {
      const form = new ApplicationFormPage(page);
      await form.open();
      await form.fill({ name });
      await links.make.click();
      const link = await links.take();
      await expect(page.getByRole("heading", { level: 2, name: "Secrets" })).toBeVisible();
      return link;
    };

    const link = await create("Handed");
    const token = link.split("#")[1] ?? "";
    const guest = new PickUpPage(await browser.newPage({ baseURL: server.baseUrl }));
    await guest.open(link);
    await expect(guest.press).toBeVisible();
    // A secret is as old as its hash: before the press there is neither.
    expect(await dump(url)).not.toMatch(/\$argon2id\$(?=[^\n]*"application_id")|"application_id"[^\n]*\$argon2id\$/);
    const { clientSecret } = await guest.pickUp();
    await guest.stored.check();
    await guest.done.click();
    await expect(guest.page.getByText("You can close this page.")).toBeVisible();

    const half = Math.floor(clientSecret.length / 2);
    const canaries = [token, clientSecret, clientSecret.slice(0, half), clientSecret.slice(half)];
    await page.reload();
    await expect(links.rows.first()).toContainText("Picked up");
    const places = { database: await dump(url), log: server.output(), secrets: await page.content() };
    await page.goto("/audit");
    await expect(page.getByText("Somebody picked up a new secret of Handed with a pick-up link")).toBeVisible();
    for (const [place, text] of Object.entries({ ...places, audit: await page.content() })) {
      for (const canary of canaries) expect(text.includes(canary), place).toBe(false);
    }
    expect(places.database).toMatch(/"application_id"[^\n]*\$argon2id\$/);

    const expired = await create("Late");
    await query(url, "UPDATE pick_up_links SET expires_at = now() - interval '1 minute' WHERE picked_up_at IS NULL");
    await guest.open(expired);
    await expect(guest.alert).toContainText("This link has expired");
    await expect(guest.alert).toContainText("No secret was made.");
    await expect(guest.press).toBeHidden();
    await page.reload();
    await expect(links.rows.first()).toContainText("Expired");
    await expect(links.rows.first().getByRole("button")).toHaveCount(0);
  } finally {
    await stopOwnServer(server);
    await drop();
  }
});
