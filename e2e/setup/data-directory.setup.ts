import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test as setup } from "@playwright/test";
import { neutralEnvironment, templateDirectory } from "../support/server";

const run = promisify(execFile);

setup("migrates the data that servers of their own start from", async () => {
  const env = { ...process.env, ...neutralEnvironment(), DATA_DIR: templateDirectory() };
  const { stdout } = await run(process.execPath, ["scripts/run.mjs", "migrate"], { env });
  expect(stdout).toMatch(/^Applied: /);
});
