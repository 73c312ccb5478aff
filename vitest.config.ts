import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { readEngineFiles } from "./scripts/testing/engine-files.mjs";

const root = fileURLToPath(new URL("./", import.meta.url));

const resolve = {
  alias: [
    { find: /^@\//, replacement: root },
    // The marker package throws outside a React server build; a test process is a server.
    { find: /^server-only$/, replacement: `${root}lib/testing/setup/server-only.stub.ts` },
  ],
};

// Set by `npm run fuzz`. Without it the properties run a fixed number of times from a fixed seed.
const fuzz = {
  seed: Number(process.env.FUZZ_SEED ?? 20261123),
  secondsPerFile: Number(process.env.FUZZ_SECONDS_PER_FILE ?? 0),
  path: process.env.FUZZ_PATH ?? "",
};

const shared = {
  // Files of one worker load the product once, which costs more than most of them do: see fresh-process.ts.
  pool: "threads" as const,
  isolate: false,
  // What `next build` makes of `authInterrupts`: without it, `forbidden()` only says that it is not switched on.
  env: { __NEXT_EXPERIMENTAL_AUTH_INTERRUPTS: "true" },
  setupFiles: ["lib/testing/setup/fresh-process.ts", "lib/testing/setup/console-guard.ts"],
  // Far beyond what anything takes, on a machine with four times as much to do as it has cores: what waits has not
  // failed.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  teardownTimeout: 60_000,
};

const integration = {
  ...shared,
  // What is killed, and what takes memory, is a process of its own here too.
  pool: "forks" as const,
  include: ["{lib,app,scripts,bench}/**/*.integration.test.ts"],
  globalSetup: ["lib/testing/database/database-template.ts"],
  setupFiles: [...shared.setupFiles, "lib/testing/setup/embedded-cluster.ts"],
};

// Set by `npm run race`.
const raceRounds = Number(process.env.RACE_ROUNDS ?? 50);

const embedded = { provide: { testDatabaseUrl: "", raceRounds } };
const postgres = {
  provide: {
    raceRounds,
    testDatabaseUrl: process.env.TEST_DATABASE_URL ?? "postgresql://postgres@127.0.0.1:5432/postgres",
  },
};

/** A path as a pattern that matches nothing else: the folders of routes are named with brackets. */
function escapePattern(path: string): string {
  return path.replace(/[()[\]{}!*?]/g, "\\$&");
}

export default defineConfig({
  resolve,
  test: {
    // One core is left to the database, and to whoever sits in front of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve,
        test: {
          ...shared,
          name: "unit",
          include: ["{lib,app,components,scripts,bench}/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          provide: { fuzz },
        },
      },
      { resolve, test: { ...integration, ...embedded, name: "integration" } },
      { resolve, test: { ...integration, ...postgres, name: "integration-postgres" } },
      // Beside the whole suite on PostgreSQL: what the embedded engine could decide otherwise.
      {
        resolve,
        test: {
          ...integration,
          ...embedded,
          name: "integration-engine",
          include: readEngineFiles().map(escapePattern),
        },
      },
    ],
  },
});
