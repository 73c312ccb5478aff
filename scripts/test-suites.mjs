// Runs one suite each and returns what it counted, read from the runner's own report and not from what it printed.
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { root, runNode } from "./project.mjs";

const REPORTS = ".build/reports";
const NOTHING = { passed: 0, failed: 0, skipped: 0, skippedNames: [] };

/** A check that either holds or does not. */
export async function runCheck(args, env) {
  const ok = await succeeds(args, env);
  return ok ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

export async function runVitest(project, env) {
  const report = join(REPORTS, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return runSuite(["node_modules/vitest/vitest.mjs", ...args], env, report, (result) => ({
    passed: result.numPassedTests,
    // A file that does not load has no tests that could fail.
    failed:
      result.numFailedTests +
      result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length,
    ...named(
      result.testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter(({ status }) => !["passed", "failed"].includes(status)).map(({ fullName }) => fullName),
      ),
    ),
  }));
}

export async function runPlaywright(env) {
  const report = join(REPORTS, "end-to-end.json");
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const withReport = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  return runSuite(args, withReport, report, ({ stats, errors, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    ...named(listSkippedSpecs(suites)),
  }));
}

/** A suite holds specs and suites; a spec has one test for each project that it is part of. */
function listSkippedSpecs(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs.flatMap(({ title, tests }) => tests.filter(({ status }) => status === "skipped").map(() => title)),
    ...listSkippedSpecs(inner),
  ]);
}

/** What is skipped is said by name: a number alone would hide what nobody looks at. */
function named(skippedNames) {
  return { skipped: skippedNames.length, skippedNames };
}

async function runSuite(args, env, report, count) {
  const path = join(root, report);
  await mkdir(join(root, REPORTS), { recursive: true });
  await rm(path, { force: true });
  const ok = await succeeds(args, env);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return { ...NOTHING, failed: 1, note: "it ended without a report" };
  const counted = count(JSON.parse(text));
  if (counted.passed + counted.failed === 0) return { ...counted, failed: 1, note: "it ran nothing" };
  if (!ok && counted.failed === 0) return { ...counted, failed: 1, note: "it failed outside of its tests" };
  return counted;
}

function succeeds(args, env) {
  return runNode(args, { env }).then(
    () => true,
    () => false,
  );
}
