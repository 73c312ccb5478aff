// Runs one suite each and returns what it counted, read from the runner's own report and not from what it printed.
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { root, runNode } from "../project.mjs";

const REPORTS = ".build/reports";
const NOTHING = { passed: 0, failed: 0, skipped: 0, skippedNames: [], files: [] };

/** A check that either holds or does not. */
export async function runCheck(args, options) {
  const ok = await succeeds(args, options);
  return ok ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

export async function runVitest(project, options) {
  const report = join(REPORTS, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return runSuite(["node_modules/vitest/vitest.mjs", ...args], options, report, (result) => ({
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
    files: result.testResults.map(({ name, startTime, endTime }) => ({
      path: relative(root, name),
      seconds: (endTime - startTime) / 1000,
    })),
  }));
}

export async function runPlaywright({ env, ...options }) {
  const report = join(REPORTS, "end-to-end.json");
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const withReport = { ...options, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } };
  return runSuite(args, withReport, report, ({ stats, errors, suites }) => {
    const specs = listSpecs(suites);
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      ...named(specs.flatMap(({ title, tests }) => tests.filter(isSkipped).map(() => title))),
      files: specs.map(({ file, tests }) => ({
        path: join("e2e", file),
        seconds: sum(tests.flatMap(({ results }) => results.map(({ duration }) => duration))) / 1000,
      })),
    };
  });
}

/** A suite holds specs and suites; a spec has one test for each project that it is part of. */
function listSpecs(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [...specs, ...listSpecs(inner)]);
}

function isSkipped({ status }) {
  return status === "skipped";
}

/** What is skipped is said by name: a number alone would hide what nobody looks at. */
function named(skippedNames) {
  return { skipped: skippedNames.length, skippedNames };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The files that took longest, over all suites. `results`: what the functions above returned, each with its `title`. */
export function slowestFiles(results, count) {
  const seconds = new Map();
  for (const { title, files = [] } of results) {
    for (const file of files) {
      const name = `${file.path} (${title})`;
      seconds.set(name, (seconds.get(name) ?? 0) + file.seconds);
    }
  }
  return [...seconds]
    .map(([name, total]) => ({ name, seconds: total }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, count);
}

async function runSuite(args, options, report, count) {
  const path = join(root, report);
  await mkdir(join(root, REPORTS), { recursive: true });
  await rm(path, { force: true });
  const ok = await succeeds(args, options);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return { ...NOTHING, failed: 1, note: "it ended without a report" };
  const counted = count(JSON.parse(text));
  if (counted.passed + counted.failed === 0) return { ...counted, failed: 1, note: "it ran nothing" };
  if (!ok && counted.failed === 0) return { ...counted, failed: 1, note: "it failed outside of its tests" };
  return counted;
}

function succeeds(args, options) {
  return runNode(args, options).then(
    () => true,
    () => false,
  );
}
