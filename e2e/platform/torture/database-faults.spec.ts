import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { findViolations } from "../../support/accessibility";
import { send } from "../../support/http-client";
import { expectProblem } from "../../support/oauth-expectations";
import { callApi, obtainToken, postForm, tokenForm } from "../../support/oauth-requests";
import { generateKeys, migrate, query } from "../../support/own-database";
import { stopOwnServer } from "../../support/own-portal";
import { type OwnServer, startOwnServer } from "../../support/own-server";
import { skipIfMissing } from "../../support/run-client";
import { TORTURER } from "../../support/torture/kill-rounds";
import type { Secret } from "../../support/torture/ledger";
import { createApplication } from "../../support/torture/load";
import { type OwnCluster, startOwnCluster, whyNoOwnCluster } from "../../support/torture/own-cluster";
import { type PortalSession, signInToPortal } from "../../support/torture/portal-session";
import { createWire, type Wire } from "../../support/torture/wire";

test.describe.configure({ mode: "serial" });

/** How many times as long as promised anything may take: `npm run torture` sets 1, beside other tests a machine is busy. */
const PATIENCE = Number(process.env.TORTURE_PATIENCE ?? 10);
const NOT_READY_MS_MAX = 2_000 * PATIENCE;
const BACK_MS_MAX = 3_000 * PATIENCE;
/** What the answer to a readiness check takes that waits for the database as long as it may, and a little. */
const ANSWER_MS = 500;

const postgres = await findPostgres();
const noCluster = whyNoOwnCluster();
const name = `vestibule_torture_${randomBytes(6).toString("hex")}`;

let cluster: OwnCluster | undefined;
let serverUrl: string;
let wire: Wire;
let server: OwnServer;
let staff: PortalSession;
let client: Secret;
let token: string;

test.beforeAll(async () => {
  if (noCluster !== undefined && postgres.url === undefined) return;
  cluster = noCluster === undefined ? await startOwnCluster() : undefined;
  serverUrl = cluster?.url ?? postgres.url ?? "";
  await query(serverUrl, `CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
  await query(serverUrl, `CREATE DATABASE ${name} OWNER ${name}`);
  const address = new URL(serverUrl);
  wire = await createWire({ host: address.hostname, port: Number(address.port || 5432) });
  const behindWire = `postgresql://${name}:${name}@127.0.0.1:${wire.port}/${name}`;
  const environment = {
    ...(await generateKeys()),
    DATABASE_URL: behindWire,
    ADMIN_EMAIL: TORTURER.email,
    ADMIN_PASSWORD: TORTURER.password,
  };
  await migrate(environment);
  server = await startOwnServer(environment);
  await server.ready;
  staff = await signInToPortal(server.baseUrl, TORTURER);
  client = await createApplication(staff, "Outage");
  token = await obtainToken(server.baseUrl, client, "alice@example.com");
  await expectFullService();
});

test.afterAll(async () => {
  if (server === undefined) return;
  await staff.close();
  await stopOwnServer(server);
  await wire.cut();
  if (cluster !== undefined) return cluster.close();
  await query(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  await query(serverUrl, `DROP ROLE ${name}`);
});

const ready = () => send(server.baseUrl, { path: "/api/health/ready" });
const ask = () => postForm(server.baseUrl, tokenForm(client, "alice@example.com"));
const list = () => callApi(server.baseUrl, token);
const create = () =>
  callApi(server.baseUrl, token, { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } });
const open = () => staff.open("/applications");

/** Expects the first question after a fault to be answered with no, and the `reason`. */
async function expectNotReady(reason: string): Promise<void> {
  const begun = performance.now();
  const answer = await ready();
  const took = performance.now() - begun;
  expect([answer.status, answer.json]).toEqual([503, expect.objectContaining({ reason })]);
  expect(took).toBeLessThan(NOT_READY_MS_MAX + ANSWER_MS);
}

async function expectNoToken(): Promise<void> {
  const answer = await ask();
  expect([answer.status, answer.json]).toEqual([503, expect.objectContaining({ error: "temporarily_unavailable" })]);
  expect(answer.json).not.toHaveProperty("access_token");
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
}

async function expectNoRoom(call: typeof create): Promise<void> {
  const answer = await call();
  expectProblem(answer, 503);
  expect(answer.json).toMatchObject({
    type: "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity",
  });
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
}

async function expectOutagePage(): Promise<void> {
  const answer = await open();
  expect(answer.status).toBe(503);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(answer.headers["content-type"]).toMatch(/^text\/html/);
  expect(answer.text).toContain(answer.headers["x-request-id"]);
  expect(answer.text).not.toMatch(/\bat [\w./<]+:\d+|ECONN|Prisma|SELECT /);
}

/** Polls until everything is answered as before, in the same process, in the time that is promised. */
async function expectFullService(): Promise<void> {
  const begun = performance.now();
  const statuses = async () =>
    (await Promise.all([ready(), ask(), list(), create(), open()])).map(({ status }) => status);
  let found = await statuses();
  while (found.join() !== "200,200,200,201,200" && performance.now() - begun < BACK_MS_MAX) found = await statuses();
  expect(found).toEqual([200, 200, 200, 201, 200]);
  expect(server.process.exitCode).toBeNull();
}

async function expectNothingButOutage(reason: string): Promise<void> {
  await expectNotReady(reason);
  await Promise.all([expectNoToken(), expectNoRoom(create), expectNoRoom(list), expectOutagePage()]);
}

function skipWithoutDatabase(): void {
  skipIfMissing(server === undefined ? postgres.reason : undefined);
}

// Conformance: N46, Q04
test("a database that resets every connection and takes none is answered with 503 and a time to come back", async () => {
  skipWithoutDatabase();
  await wire.cut();
  await expectNothingButOutage("database_away");
  await wire.mend();
  await expectFullService();
});

test("who has the portal open meanwhile is told so in every language, in any window, and goes on where they were going", async ({
  browser,
}) => {
  skipWithoutDatabase();
  const storageState = await staff.cookies();
  for (const { colorScheme, width } of [
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 320 },
  ] as const) {
    const viewport = { width, height: 640 };
    const context = await browser.newContext({ baseURL: server.baseUrl, storageState, colorScheme, viewport });
    const page = await context.newPage();
    await page.goto("/applications");
    await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeVisible();
    await wire.cut();
    if (width < 1024) await page.locator("summary").filter({ hasText: "Menu" }).click();
    const main = page.getByRole("navigation", { name: "Main" });
    await main.getByRole("link", { name: "Audit log", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "This page could not be shown" })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    const other = await context.newPage();
    expect((await other.goto("/rooms"))?.status()).toBe(503);
    for (const name of ["The portal cannot reach its data", "Le portail n’atteint pas ses données"]) {
      await expect(other.getByRole("heading", { level: 1, name })).toBeVisible();
    }
    expect(await findViolations(other)).toEqual([]);
    const tooWide = await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide).toBeLessThanOrEqual(0);

    await wire.mend();
    await expectFullService();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
    await other.reload();
    await expect(other.getByRole("heading", { level: 1, name: "Rooms" })).toBeVisible();
    await context.close();
  }
});

test("a database that has no connection left is answered with 503 and a time to come back", async () => {
  skipWithoutDatabase();
  await query(serverUrl, `ALTER ROLE ${name} CONNECTION LIMIT 0`);
  await query(serverUrl, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${name}'`);
  await expectNothingButOutage("database_away");
  await query(serverUrl, `ALTER ROLE ${name} CONNECTION LIMIT -1`);
  await expectFullService();
});

test("a database that has fallen silent is answered with 503 and a time to come back", async () => {
  skipWithoutDatabase();
  wire.block();
  await expectNothingButOutage("database_away");
  await wire.mend();
  await expectFullService();
});

test("a database that has become a standby gives no token and takes no room, until it is promoted", async () => {
  skipIfMissing(noCluster);
  await cluster?.becomeStandby();
  // What was open is gone; each of what is idle is noticed by whoever gets it.
  await expect.poll(async () => (await ready()).json).toMatchObject({ reason: "read_only" });
  await expectNotReady("read_only");
  await Promise.all([expectNoToken(), expectNoRoom(create)]);
  await expect.poll(async () => (await list()).status).toBe(200);
  await cluster?.promote();
  await expectFullService();
});

test("a database whose disk is full gives no token and takes no room, and says so, until there is room", async () => {
  skipIfMissing(noCluster);
  cluster?.fillDisk();
  // A page that is half empty still takes rows.
  await expect.poll(async () => (await ask()).status).toBe(503);
  await expectNotReady("database_full");
  await expectNoToken();
  await expect.poll(async () => (await create()).status).toBe(503);
  expect((await list()).status).toBe(200);
  await expectNotReady("database_full");
  cluster?.freeDisk();
  await expectFullService();
  expect(server.output()).not.toContain(client.clientSecret);
});
