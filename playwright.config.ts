import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { ADMINISTRATOR_STATE, productServer } from "./e2e/support/server";
import { findChromium } from "./scripts/testing/find-chromium.mjs";

const server = await productServer();
const executablePath = findChromium();

// Chromium's sandbox refuses root, and its own errands fail slowly on a network that leads nowhere.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const quiet = [
  "--disable-background-networking",
  // Nothing here has a graphics card, and to imitate one costs more than to paint.
  "--disable-gpu",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "e2e/.output",
  forbidOnly: true,
  retries: 0,
  // A test waits for the server and for its page half of the time: one more than there are cores keeps them busy.
  workers: availableParallelism() + 1,
  // Far beyond what anything takes, for a machine with four times as much to do as it has cores: nothing but a failure
  // waits as long, so a long limit costs nothing.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: {
    baseURL: server.baseUrl,
    locale: "en-US",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: { args: [...sandbox, ...quiet], ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: "setup", testDir: "e2e/setup", testMatch: "sign-in.setup.ts" },
    {
      name: "clients",
      testDir: "e2e/setup",
      testMatch: "clients.setup.ts",
      dependencies: ["setup"],
      use: { storageState: ADMINISTRATOR_STATE },
    },
    {
      name: "portal",
      testDir: "e2e/portal",
      dependencies: ["setup"],
      use: { storageState: ADMINISTRATOR_STATE, permissions: ["clipboard-read", "clipboard-write"] },
    },
    { name: "api", testDir: "e2e/api", dependencies: ["clients"] },
    // Clients that nobody here wrote, through their documented calls.
    { name: "interop", testDir: "e2e/interop", dependencies: ["clients"] },
    {
      name: "journeys",
      testDir: "e2e/journeys",
      dependencies: ["setup"],
      use: { storageState: ADMINISTRATOR_STATE, permissions: ["clipboard-read", "clipboard-write"] },
    },
    { name: "data", testDir: "e2e/setup", testMatch: "data-directory.setup.ts" },
    // Starts, stops and kills servers of its own.
    { name: "platform", testDir: "e2e/platform", dependencies: ["data"] },
  ],
  webServer: {
    command: `node scripts/start.mjs --ignore-env-file`,
    url: `${server.baseUrl}/api/health/ready`,
    env: server.environment,
    // A build may have to come first when the tests are run by hand.
    timeout: 600_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
