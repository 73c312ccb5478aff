import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
import { countEffort } from "../support/counted-effort";
import { expect, test } from "../support/fresh-session";
import { type Credentials, callApi, postForm } from "../support/oauth-requests";
import { isRunnable, readClientJson, runClient, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const ROOM = { slug: expect.stringMatching(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/), access_level: "trusted" };

let credentials: Credentials;
let snippets: Record<string, string>;
let folder: string;

async function readSnippet(page: Page, label: string): Promise<string> {
  return (await page.getByRole("figure", { name: label, exact: true }).getByRole("code").textContent()) ?? "";
}

test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-snippets-"));
  const page = await browser.newPage();
  const name = `Quick start ${Date.now()}`;
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["calendar.example.org"] });
  credentials = await form.createAndReadCredentials();
  await page.goto("/developers");
  await page.getByRole("combobox", { name: "Application", exact: true }).selectOption({ label: name });
  await expect(page.getByRole("figure", { name: "curl", exact: true })).toContainText(credentials.clientId);
  const needs = page.getByRole("list", { name: "What the first call needs" }).getByRole("listitem");
  await expect(needs).toHaveText([
    "Active",
    "Live secret",
    "rooms:create",
    "calendar.example.org allowed",
    "May act for someone@calendar.example.org",
  ]);
  const labels = ["curl", "TypeScript", "Python", "n8n"];
  snippets = {};
  for (const label of labels) {
    await page.getByRole("tab", { name: label, exact: true }).click();
    snippets[label] = await readSnippet(page, label);
  }
  expect(await page.content()).not.toContain(credentials.clientSecret);
  await page.close();
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs what the page shows, exactly as it shows it. */
function run(label: string, command: string, file: string): Promise<unknown> {
  writeFileSync(join(folder, file), snippets[label] ?? "");
  return readClientJson(command, [join(folder, file)], { VESTIBULE_CLIENT_SECRET: credentials.clientSecret });
}

test("the curl snippet makes a room as it stands", async () => {
  skipIfMissing(isRunnable("curl", ["--version"]) ? undefined : "curl is not installed");
  expect(await run("curl", "sh", "snippet.sh")).toMatchObject(ROOM);
});

for (const { label, command, file, isMissing } of [
  { label: "curl", command: "sh", file: "refused.sh", isMissing: () => !isRunnable("curl", ["--version"]) },
  { label: "TypeScript", command: "node_modules/.bin/tsx", file: "refused.mts", isMissing: () => false },
  { label: "Python", command: "python3", file: "refused.py", isMissing: () => !isRunnable("python3", ["--version"]) },
]) {
  test(`the ${label} snippet stops when no token is given, and says what the token endpoint said`, async () => {
    skipIfMissing(isMissing() ? `${command} is not installed` : undefined);
    const refused = (snippets[label] ?? "").replaceAll("someone@calendar.example.org", "someone@elsewhere.example");
    writeFileSync(join(folder, file), refused);
    const environment = { VESTIBULE_CLIENT_SECRET: credentials.clientSecret };
    const { code, stdout, stderr } = await runClient(command, [join(folder, file)], environment);
    expect({ isStopped: code !== 0, stdout }).toEqual({ isStopped: true, stdout: "" });
    expect(stderr).toContain("The application may not act for this e-mail domain.");
  });
}

test("the page says what the first call of an application lacks", async ({ page }) => {
  const form = new ApplicationFormPage(page);
  const name = `Not ready ${Date.now()}`;
  await form.open();
  await form.fill({ name, scopes: ["rooms:list"], domains: ["example.org"] });
  await form.createAndReadCredentials();
  await new ApplicationPage(page).deactivate();
  await page.goto("/developers");
  const choice = page.getByRole("combobox", { name: "Application", exact: true });
  await expect(choice.locator("option:checked")).not.toHaveText(name);
  await choice.selectOption({ label: name });
  const needs = page.getByRole("list", { name: "What the first call needs" });
  await expect(needs.getByRole("listitem")).toHaveText([
    "Not active",
    "Live secret",
    "Lacks rooms:create",
    "example.org allowed",
    "May act for someone@example.org",
  ]);
  await needs.getByRole("link", { name: "Lacks rooms:create" }).click();
  await expect(form.name).toHaveValue(name);
});

test("the TypeScript snippet makes a room as it stands", async () => {
  expect(await run("TypeScript", "node_modules/.bin/tsx", "snippet.mts")).toMatchObject(ROOM);
});

test("the Python snippet makes a room as it stands", async () => {
  skipIfMissing(isRunnable("python3", ["--version"]) ? undefined : "python3 is not installed");
  expect(await run("Python", "python3", "snippet.py")).toMatchObject(ROOM);
});

type N8nNode = {
  name: string;
  type: string;
  parameters: { url?: string; bodyParameters?: N8nList; headerParameters?: N8nList };
};
type N8nList = { parameters: { name: string; value: string }[] };

test("the n8n snippet is a workflow whose requests make a room", async () => {
  const { nodes, connections } = JSON.parse(snippets.n8n ?? "") as { nodes: N8nNode[]; connections: object };
  expect(Object.keys(connections)).toEqual(["Start", "Get a token"]);
  const [, getToken, createRoom] = nodes;
  expect([getToken?.type, createRoom?.type]).toEqual(["n8n-nodes-base.httpRequest", "n8n-nodes-base.httpRequest"]);
  expect([getToken?.parameters.url, createRoom?.parameters.url]).toEqual([
    `${baseURL}/api/oauth/token`,
    `${baseURL}/api/external/rooms`,
  ]);
  const form = (getToken?.parameters.bodyParameters?.parameters ?? []).map(({ name, value }) => [
    name,
    value.replace("={{ $env.VESTIBULE_CLIENT_SECRET }}", credentials.clientSecret),
  ]);
  const token = (await postForm(baseURL, new URLSearchParams(form).toString())).json as { access_token: string };
  expect(createRoom?.parameters.headerParameters?.parameters).toEqual([
    { name: "Authorization", value: "=Bearer {{ $json.access_token }}" },
  ]);
  const answer = await callApi(baseURL, token.access_token, { method: "POST" });
  expect(answer.json).toMatchObject(ROOM);
});

/** A page of somebody who has no account here, at an address, and what they have to do there. */
async function openAsGuest(browser: Browser, address: string) {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const effort = await countEffort(page);
  await page.goto(address);
  return { context, page, effort };
}

test("an integrator without an account gets to token and room with two presses and one field at most", async ({
  browser,
}) => {
  skipIfMissing(isRunnable("curl", ["--version"]) ? undefined : "curl is not installed");
  const { context, page, effort } = await openAsGuest(browser, "/developers");
  await page.getByRole("textbox", { name: "Person" }).fill("zoe@calendar.example.org");
  await page.getByRole("button", { name: "Copy curl" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const { clicks, fields } = effort();
  expect(clicks).toBeLessThanOrEqual(2);
  expect(fields).toBeLessThanOrEqual(1);
  writeFileSync(join(folder, "guest.sh"), await page.evaluate(() => navigator.clipboard.readText()));
  // What the file that comes with a secret puts into the environment.
  const environment = {
    VESTIBULE_CLIENT_ID: credentials.clientId,
    VESTIBULE_CLIENT_SECRET: credentials.clientSecret,
  };
  expect(await readClientJson("sh", [join(folder, "guest.sh")], environment)).toMatchObject(ROOM);
  await context.close();
});

test("the page gets a token and a room by itself for whoever has the secret, which stays nowhere", async ({
  browser,
}) => {
  const address = `/developers?client=${credentials.clientId}&person=zoe%40calendar.example.org`;
  const { context, page, effort } = await openAsGuest(browser, address);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  await page.getByText("Run it here").click();
  const secret = page.getByLabel("Client secret");
  await secret.fill(credentials.clientSecret);
  await page.getByRole("button", { name: "Get a token and create a room" }).click();
  await expect(page.getByText("POST /api/external/rooms → 201")).toBeVisible();
  const { clicks, fields } = effort();
  expect(clicks).toBeLessThanOrEqual(2);
  expect(fields).toBeLessThanOrEqual(1);
  await expect(page.getByText(/^A token of \d+ characters, for \d+ seconds: rooms:create$/)).toBeVisible();
  const link = await page.getByRole("textbox", { name: "Room link" }).inputValue();
  expect(link).toMatch(/\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  await expect(page.getByRole("link", { name: "Open the room" })).toHaveAttribute("href", link);
  await page.getByRole("button", { name: "Copy room link" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  await expect(secret).toHaveValue("");
  await expect(page).toHaveURL(address);
  const { cookies, origins } = await context.storageState();
  const session = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, history.state]));
  for (const kept of [await page.content(), JSON.stringify([cookies, origins]), session, ...asked]) {
    expect(kept).not.toContain(credentials.clientSecret);
  }

  await page.getByRole("textbox", { name: "Person" }).fill("zoe@elsewhere.example");
  await secret.fill(credentials.clientSecret);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The application may not act for this e-mail domain.")).toBeVisible();
  await expect(page.getByText("POST /api/external/rooms →")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Room link" })).toHaveCount(0);
  await page.getByRole("link", { name: "What invalid_scope means" }).click();
  await expect(page).toHaveURL("/developers/errors#invalid_scope");
  await context.close();
});
