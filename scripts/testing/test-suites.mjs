// Runs one suite each and returns what it counted, read from the runner's own report and not from what it printed.
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { root, runNode } from "../project.mjs";
import { lastLines, readPlaywrightReport, readVitestReport } from "./test-reports.mjs";

const REPORTS = ".build/reports";
const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** @typedef {{ path: string, title: string, reason: string }} Failure */
/** @typedef {{ passed: number, failed: number, skipped: number, failures?: Failure[] }} Counted */

/**
 * A check that either holds or does not.
 * @param {string[]} args
 * @param {{ onOutput?: (text: string) => unknown, [option: string]: unknown }} options
 * @returns {Promise<Counted>}
 */
export async function runCheck(args, { onOutput = (text) => process.stdout.write(text), ...options }) {
  const printed = [];
  const keep = (text) => {
    printed.push(text);
    onOutput(text);
  };
  if (await succeeds(args, { ...options, onOutput: keep })) return { ...NOTHING, passed: 1 };
  return failOnce({ path: args[0], title: "the check", reason: lastLines(printed) });
}

export async function runVitest(project, options) {
  const report = join(REPORTS, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return runSuite(["node_modules/vitest/vitest.mjs", ...args], options, report, readVitestReport);
}

export async function runPlaywright({ env, ...options }) {
  const report = join(REPORTS, "end-to-end.json");
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const withReport = { ...options, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } };
  return runSuite(args, withReport, report, readPlaywrightReport);
}

/** What a step counts that failed as a whole: one failure. */
export function failOnce({ path = "", title, reason = "" }, counted = NOTHING) {
  return { ...counted, failed: 1, failures: [{ path, title, reason }] };
}

async function runSuite(args, options, report, read) {
  const path = join(root, report);
  await mkdir(join(root, REPORTS), { recursive: true });
  await rm(path, { force: true });
  const ok = await succeeds(args, options);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return failOnce({ title: "it ended without a report" });
  const counted = read(JSON.parse(text));
  if (counted.passed + counted.failed === 0) return failOnce({ title: "it ran nothing" }, counted);
  if (!ok && counted.failed === 0) return failOnce({ title: "it failed outside of its tests" }, counted);
  return counted;
}

function succeeds(args, options) {
  return runNode(args, options).then(
    () => true,
    () => false,
  );
}
