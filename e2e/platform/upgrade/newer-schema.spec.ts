import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { send } from "../../support/http-client";
import { callApi, obtainToken } from "../../support/oauth-requests";
import { createOwnDatabase, migrate, migrateFrom } from "../../support/own-database";
import { openOwnPortal, stopOwnServer } from "../../support/own-portal";
import { startOwnServer } from "../../support/own-server";
import { skipIfMissing } from "../../support/run-client";
import { makeDataDirectory } from "../../support/server";

const postgres = await findPostgres();

/** What the next version could add without a word to this one: it touches whatever a token, a room and a sign-in touch. */
const WIDER = `
CREATE TABLE "halls" ("id" UUID PRIMARY KEY, "room_id" UUID REFERENCES "rooms"("id") ON DELETE CASCADE);
CREATE INDEX "rooms_later_idx" ON "rooms"("updated_at", "name");
${[
  "applications",
  "application_secrets",
  "people",
  "rooms",
  "room_accesses",
  "staff_members",
  "staff_sessions",
  "audit_events",
  "activity",
]
  .map((table) => `ALTER TABLE "${table}" ADD COLUMN "later" TEXT, ADD COLUMN "colour" TEXT NOT NULL DEFAULT 'red';`)
  .join("\n")}
`;
const NARROWER = `-- Needs servers of 99.0.0 or newer: all before read the column.
ALTER TABLE "rooms" DROP COLUMN "later";
`;

// The way back after an upgrade: the old image, put back as it was.
test("a server starts and works on the schema of the next version, until a migration says that it cannot", async ({
  browser,
}) => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const { environment, drop } = await createOwnDatabase(postgres.url ?? "");
  await migrate(environment);
  const next = makeDataDirectory("next-version");
  const migrations = join(next, "prisma", "migrations");
  cpSync("prisma/migrations", migrations, { recursive: true });
  const add = (name: string, script: string) => {
    mkdirSync(join(migrations, name));
    writeFileSync(join(migrations, name, "migration.sql"), script);
    return migrateFrom(next, environment);
  };
  await add("99990101000000_wider", WIDER);

  const { server, page } = await openOwnPortal(browser, "newer-schema", environment);
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const isReady = () => send(server.baseUrl, { path: "/api/health/ready" });
  expect((await isReady()).json).toEqual({ status: "ready", version });
  await expect(page.getByRole("contentinfo")).toHaveText(`Vestibule ${version}`);
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({
    name: "Calendar",
    scopes: ["rooms:create", "rooms:list", "rooms:update"],
    domains: ["example.com"],
  });
  const credentials = await form.createAndReadCredentials();
  const token = await obtainToken(server.baseUrl, credentials, "ana@example.com");
  const made = await callApi(server.baseUrl, token, { method: "POST" });
  expect(made.status).toBe(201);
  expect((await callApi(server.baseUrl, token)).json).toMatchObject({ count: 1, results: [made.json] });
  for (const path of ["/rooms", "/people", "/audit", "/activity"])
    expect([path, (await page.goto(path))?.status()]).toEqual([path, 200]);

  await add("99990102000000_narrower", NARROWER);
  // Who runs goes on: all of them at once would be more than the change takes away.
  expect((await isReady()).status).toBe(200);
  const refused = await startOwnServer(environment);
  expect(await refused.exited).toEqual({ code: 1, signal: null });
  expect(refused.output()).toContain(
    "Another version of Vestibule has changed this database (99990102000000_narrower). Start 99.0.0 or newer, or point DATABASE_URL at another database.",
  );
  // Strangers are not told in the portal which version it is.
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.content()).not.toContain(version);
  await page.context().close();
  await stopOwnServer(server);
  await drop();
});
