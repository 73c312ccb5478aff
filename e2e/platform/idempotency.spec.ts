import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
import { SignInPage } from "../pages/sign-in-page";
import type { HttpAnswer } from "../support/http-client";
import { expectProblem } from "../support/oauth-expectations";
import { callApi, obtainToken } from "../support/oauth-requests";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { copyDataDirectory } from "../support/server";
import { createRoom } from "../support/torture/load";

test.describe.configure({ mode: "serial" });

const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };
const APPLICATION = "Retrying application";

let dataDirectory: string;
let server: OwnServer;
let token: string;

type Room = { id: string };
const idOf = (answer: HttpAnswer) => (answer.json as Room).id;
const create = (key: string) => createRoom(server.baseUrl, token, key);

/** The same port and the same data each time: what a client sees of a restart is a pause. */
async function start(): Promise<void> {
  const again: Record<string, string> = server === undefined ? {} : { PORT: String(server.port) };
  server = await startOwnServer({
    DATA_DIR: dataDirectory,
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    ...again,
  });
  await server.ready;
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  server.process.kill(signal);
  await server.exited;
}

/** Moves what the stopped server remembers into the past, which is what waiting does. */
async function age(hours: number): Promise<void> {
  const database = await PGlite.create(join(dataDirectory, "postgres"));
  await database.query("UPDATE idempotency_keys SET expires_at = expires_at - make_interval(mins => $1)", [hours * 60]);
  await database.close();
}

test.beforeAll(async ({ browser }) => {
  dataDirectory = copyDataDirectory("idempotency");
  await start();
  const page = await browser.newPage({ baseURL: server.baseUrl });
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByText("Let the first application in")).toBeVisible();
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: APPLICATION, scopes: ["rooms:create", "rooms:list"], domains: [] });
  token = await obtainToken(server.baseUrl, await form.createAndReadCredentials(), "ana@example.com");
  await page.close();
});

test.afterAll(() => stop("SIGTERM"));

// Conformance: K07
test("a key is remembered for 24 hours, through restarts, and then means a new request", async () => {
  const key = randomUUID();
  const first = await create(key);
  expect(first.status).toBe(201);
  await stop("SIGTERM");
  await age(23.9);
  await start();
  const repeated = await create(key);
  expect([repeated.status, repeated.text]).toEqual([201, first.text]);
  expect(repeated.headers["idempotency-replayed"]).toBe("true");

  await stop("SIGTERM");
  await age(0.1);
  await start();
  const renewed = await create(key);
  expect(renewed.status).toBe(201);
  expect(renewed.headers).not.toHaveProperty("idempotency-replayed");
  expect(idOf(renewed)).not.toBe(idOf(first));
});

// Conformance: K06
test("an application that lost the scope, and one that was deactivated, is not given its stored answer", async ({
  browser,
}) => {
  const key = randomUUID();
  const first = await create(key);
  expect(first.status).toBe(201);
  const page = await browser.newPage({ baseURL: server.baseUrl });
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page).not.toHaveURL(/sign-in/);
  const application = new ApplicationPage(page);
  await application.openByName(APPLICATION);
  await application.openTab("Settings");
  const form = new ApplicationFormPage(page);
  await form.scope("rooms:create").uncheck();
  await form.save.click();
  await expect(application.tab("Overview")).toHaveAttribute("aria-current", "page");
  const narrowed = await create(key);
  expectProblem(narrowed, 403);

  const me = () => callApi(server.baseUrl, token, { path: "/api/external/me" });
  expect(await me()).toMatchObject({ status: 200, json: { scopes: ["rooms:list"] } });
  await application.deactivate();
  const shutOut = await create(key);
  expectProblem(shutOut, 401);
  expectProblem(await me(), 401);
  for (const answer of [narrowed, shutOut]) {
    expect(answer.text).not.toContain(idOf(first));
    expect(answer.headers).not.toHaveProperty("location");
  }
  await page.close();
});
