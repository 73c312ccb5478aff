import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { SignInPage } from "../../pages/sign-in-page";
import { stopOwnServer } from "../../support/own-portal";
import { type OwnServer, startOwnServer } from "../../support/own-server";
import { copyDataDirectory, neutralEnvironment } from "../../support/server";

const run = promisify(execFile);

test("an operator lets somebody into a portal that nobody can manage any more, and only while no server runs", async ({
  page,
}) => {
  const directory = copyDataDirectory("recover");
  let port = "";
  const start = async (): Promise<OwnServer> => {
    const server = await startOwnServer({ DATA_DIR: directory, ...(port === "" ? {} : { PORT: port }) });
    await server.ready;
    port = String(server.port);
    return server;
  };
  const recover = (...args: string[]) => {
    const env = { ...process.env, ...neutralEnvironment(), DATA_DIR: directory, PORT: port };
    return run(process.execPath, ["scripts/run.mjs", "recover-administrator", ...args], { env });
  };
  const failureOf = async (...args: string[]) => String((await recover(...args).catch((error) => error)).stderr);

  const first = await start();
  expect(await failureOf("ana@example.org")).toContain(`is using ${directory}. Stop it first`);
  await stopOwnServer(first);
  expect(await failureOf()).toContain("npm run staff:recover -- somebody@example.org");
  expect(await failureOf("ana")).toContain("That is no e-mail address.");
  const { stdout } = await recover("ana@example.org");
  const [link = ""] = /http:\/\/\S+/.exec(stdout) ?? [];
  expect(link).toMatch(new RegExp(`^http://localhost:${port}/invitation#[\\w-]{43}$`));

  const second = await start();
  await page.goto(link);
  await page.getByLabel("Name", { exact: true }).fill("Ana Operator");
  await page.getByLabel("Password", { exact: true }).fill("four words of this test");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Sign in with ana@example.org")).toBeVisible();
  await page.goto(`${second.baseUrl}/sign-in`);
  await new SignInPage(page).signIn({ email: "ana@example.org", password: "four words of this test" });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Staff" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Staff", exact: true })).toBeVisible();
  expect(second.output()).not.toContain(link.slice(-43));
  await stopOwnServer(second);
});
