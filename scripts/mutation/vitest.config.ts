import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The unit tests of the folders whose code is changed on purpose, and no others: what only a distant test notices is not
 * held by the tests beside it. The properties stay out too: they would run a thousand inputs against each survivor.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: /^server-only$/, replacement: `${root}lib/testing/setup/server-only.stub.ts` },
    ],
  },
  root,
  test: {
    isolate: false,
    include: ["lib/{oauth,secrets}/**/*.test.ts"],
    exclude: ["**/*.fuzz.test.ts", "**/*.integration.test.ts", "**/node_modules/**"],
    setupFiles: ["lib/testing/setup/fresh-process.ts", "lib/testing/setup/console-guard.ts"],
    // What waits for ever has failed; a worker that hangs costs far more.
    testTimeout: 10_000,
  },
});
