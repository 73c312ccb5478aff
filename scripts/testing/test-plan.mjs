// What npm test does and in which order. Steps of one group run beside each other; the groups one after the other.
import { runCheck, runPlaywright, runVitest } from "./test-suites.mjs";

const KNIP = ["--no-progress", "--treat-config-hints-as-errors"];
const EMBEDDED = "integration (embedded database)";
const POSTGRES = "integration (PostgreSQL)";
const ENGINE = "integration (what the embedded engine decides)";

/**
 * The integration tests run in full on one database, PostgreSQL where there is one, and of the other what depends on the
 * engine; `isComplete`: both in full. `postgres`: what findPostgres says.
 */
export function planIntegration(postgres, isComplete) {
  const embedded = { title: EMBEDDED, run: (options) => runVitest("integration", options) };
  if (postgres.url === undefined) {
    return { whole: embedded, other: { title: POSTGRES, run: async (_options) => skipWhole(postgres.reason) } };
  }
  const env = { TEST_DATABASE_URL: postgres.url };
  return {
    whole: {
      title: POSTGRES,
      run: (options) => runVitest("integration-postgres", { ...options, env: { ...options.env, ...env } }),
    },
    other: isComplete ? embedded : { title: ENGINE, run: (options) => runVitest("integration-engine", options) },
  };
}

function skipWhole(reason) {
  return { passed: 0, failed: 0, skipped: 1, skippedNames: ["the whole suite"], note: reason };
}

/**
 * A suite keeps two cores busy most of the time, not all of it: what is beside it fills the gaps. Nothing runs beside
 * the browser, which is what a busy machine slows down most.
 */
export function planGroups(postgres, isComplete) {
  const { whole, other } = planIntegration(postgres, isComplete);
  return [
    [
      { title: "unit", run: (options) => runVitest("unit", options) },
      { title: "types", run: runTypes },
      { title: "lint", run: runLint },
    ],
    [
      whole,
      { title: "build", run: (options) => runCheck(["scripts/build.mjs"], options) },
      { title: "browser", run: (options) => runCheck(["scripts/testing/ensure-browser.mjs"], options) },
    ],
    [other],
    [{ title: "end-to-end", run: runPlaywright }],
  ];
}

async function runTypes(options) {
  // The types of routes and pages are written from the folders.
  const generated = await runCheck(["node_modules/next/dist/bin/next", "typegen"], options);
  return generated.failed > 0 ? generated : runCheck(["node_modules/typescript/bin/tsc", "--noEmit"], options);
}

async function runLint(options) {
  // What it writes is collected first; the colours are for where it is shown.
  const colors = `--colors=${process.stdout.isTTY ? "force" : "off"}`;
  const linted = await runCheck(["node_modules/@biomejs/biome/bin/biome", "ci", ".", colors], options);
  // Files, exports and packages that nobody uses.
  return linted.failed > 0 ? linted : runCheck(["node_modules/knip/bin/knip.js", ...KNIP], options);
}
