import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
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
  await page.getByRole("button", { name: "Use this application", exact: true }).click();
  await expect(page.getByRole("figure", { name: "curl", exact: true })).toContainText(credentials.clientId);
  const needs = page.getByRole("list", { name: "What the first call needs" }).getByRole("listitem");
  await expect(needs).toHaveText([
    "It is active",
    "It has a live secret",
    "It has the scope rooms:create",
    "It may act on behalf of ana@calendar.example.org",
  ]);
  const labels = ["curl", "TypeScript", "Python", "n8n"];
  const texts = await Promise.all(labels.map(async (label) => [label, await readSnippet(page, label)] as const));
  snippets = Object.fromEntries(texts);
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
    const refused = (snippets[label] ?? "").replaceAll("ana@calendar.example.org", "ana@elsewhere.example");
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
  await page.getByRole("button", { name: "Use this application", exact: true }).click();
  const needs = page.getByRole("list", { name: "What the first call needs" });
  await expect(needs.getByRole("listitem")).toHaveText([
    "It is not active",
    "It has a live secret",
    "It lacks the scope rooms:create",
    "It may act on behalf of ana@example.org",
  ]);
  await needs.getByRole("link", { name: "It lacks the scope rooms:create" }).click();
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
