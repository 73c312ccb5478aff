import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));

const resolve = {
  alias: [
    { find: /^@\//, replacement: root },
    // The marker package throws outside a React server build; a test process is a server.
    { find: /^server-only$/, replacement: `${root}lib/testing/server-only.stub.ts` },
  ],
};

// Set by `npm run fuzz`. Without it the properties run a fixed number of times from a fixed seed.
const fuzz = {
  seed: Number(process.env.FUZZ_SEED ?? 20261123),
  secondsPerFile: Number(process.env.FUZZ_SECONDS_PER_FILE ?? 0),
  path: process.env.FUZZ_PATH ?? "",
};

const integration = {
  include: ["{lib,app,scripts}/**/*.integration.test.ts"],
  globalSetup: ["lib/testing/database-template.ts"],
  setupFiles: ["lib/testing/console-guard.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Two cores: each file owns a database, and more of them at once only slow each other down.
  maxWorkers: 2,
};

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["{lib,app,components,scripts}/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          setupFiles: ["lib/testing/console-guard.ts"],
          provide: { fuzz },
        },
      },
      { resolve, test: { ...integration, name: "integration", provide: { testDatabaseUrl: "" } } },
      {
        resolve,
        test: {
          ...integration,
          name: "integration-postgres",
          provide: {
            testDatabaseUrl: process.env.TEST_DATABASE_URL ?? "postgresql://postgres@127.0.0.1:5432/postgres",
          },
        },
      },
    ],
  },
});
