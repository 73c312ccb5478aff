// npm test: everything there is to check, from a clean clone. The last line is the sum of all steps.
import "./check-node.mjs";
import { ensureAuthlib } from "./ensure-authlib.mjs";
import { ensureBuild, ensureClient } from "./ensure-build.mjs";
import { ensurePackages } from "./ensure-packages.mjs";
import { fail } from "./project.mjs";
import { cleanEnvironment, findPostgres } from "./test-environment.mjs";
import { runCheck, runPlaywright, runVitest } from "./test-suites.mjs";

const env = cleanEnvironment();
// The steps that run inside this process must not see more than those that are started from it.
for (const name of Object.keys(process.env))
  if (!(name in env) && name !== "TEST_DATABASE_URL") delete process.env[name];

try {
  await ensurePackages();
  await ensureClient();
} catch (error) {
  fail(error);
}

const postgres = await findPostgres();

const STEPS = {
  types: async () => {
    // The types of routes and pages are written from the folders.
    const generated = await runCheck(["node_modules/next/dist/bin/next", "typegen"], env);
    return generated.failed > 0 ? generated : runCheck(["node_modules/typescript/bin/tsc", "--noEmit"], env);
  },
  lint: () =>
    runCheck(
      ["node_modules/@biomejs/biome/bin/biome", "ci", ".", `--colors=${process.stdout.isTTY ? "force" : "off"}`],
      env,
    ),
  unit: () => runVitest("unit", env),
  "integration (embedded database)": () => runVitest("integration", env),
  "integration (PostgreSQL)": () =>
    postgres.url
      ? runVitest("integration-postgres", { ...env, TEST_DATABASE_URL: postgres.url })
      : { passed: 0, failed: 0, skipped: 1, skippedNames: ["the whole suite"], note: postgres.reason },
  build: () => ensureBuild().then(() => ({ passed: 1, failed: 0, skipped: 0 })),
  "end-to-end": async () => {
    // Not at the top: it imports a package.
    const { ensureChromium } = await import("./find-chromium.mjs");
    await ensureChromium();
    await ensureAuthlib();
    return runPlaywright(env);
  },
};

const results = [];
for (const [title, work] of Object.entries(STEPS)) {
  console.log(`\n=== ${title}`);
  const begun = performance.now();
  const counted = await Promise.resolve()
    .then(work)
    .catch((error) => ({ passed: 0, failed: 1, skipped: 0, note: error.message }));
  results.push({ title, seconds: (performance.now() - begun) / 1000, ...counted });
}

console.log("\n=== Summary");
for (const { title, seconds, passed, failed, skipped, skippedNames = [], note } of results) {
  const verdict = failed > 0 ? "FAILED" : passed > 0 ? "ok" : "skipped";
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  console.log(
    `${verdict.padEnd(8)}${title.padEnd(34)}${seconds.toFixed(1).padStart(7)} s  ${counts}${note ? ` (${note})` : ""}`,
  );
  for (const name of skippedNames) console.log(`          skipped: ${name}`);
}

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
