// What the reports of the two runners say: how many tests passed, which failed and why, which were skipped, and how
// long each file took.
import { join, relative } from "node:path";
import { root } from "../project.mjs";

/** Lines of a reason that are kept: the assertion and its difference, not the whole stack. */
const REASON_LINES = 14;

export function readVitestReport({ testResults }) {
  const files = testResults.map(({ name, startTime, endTime }) => ({
    path: relative(root, name),
    seconds: (endTime - startTime) / 1000,
  }));
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, path: relative(root, name) })),
  );
  const failures = [
    // A file that does not load, or whose hook fails, has no test that says so.
    ...testResults
      .filter(({ status, assertionResults }) => status === "failed" && !assertionResults.some(isFailed))
      .map(({ name, message }) => toFailure(relative(root, name), "the file", message)),
    ...tests.filter(isFailed).map((test) => toFailure(test.path, test.fullName, test.failureMessages?.join("\n"))),
  ];
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    ...listFailures(failures),
    ...listSkipped(tests.filter(({ status }) => !["passed", "failed"].includes(status)).map((test) => test.fullName)),
    files,
  };
}

export function readPlaywrightReport({ stats, errors, suites }) {
  const specs = listSpecs(suites);
  const failures = [
    ...errors.map(({ location, message }) => toFailure(location?.file ?? "", "outside of a test", message)),
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === "unexpected")
        .map(({ results }) => {
          const reasons = results.at(-1)?.errors.map(({ message }) => message);
          return toFailure(join("e2e", file), title, reasons?.join("\n"));
        }),
    ),
  ];
  return {
    passed: stats.expected + stats.flaky,
    ...listFailures(failures),
    ...listSkipped(
      specs.flatMap(({ title, tests }) => tests.filter(({ status }) => status === "skipped").map(() => title)),
    ),
    files: specs.map(({ file, tests }) => ({
      path: join("e2e", file),
      seconds: sum(tests.flatMap(({ results }) => results.map(({ duration }) => duration))) / 1000,
    })),
  };
}

/** What a program printed last, as the reason of a check that failed. */
export function lastLines(printed, count = REASON_LINES) {
  return printed.join("").trimEnd().split("\n").slice(-count).join("\n");
}

/** A suite holds specs and suites; a spec has one test for each project that it is part of. */
function listSpecs(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [...specs, ...listSpecs(inner)]);
}

function isFailed({ status }) {
  return status === "failed";
}

function toFailure(path, title, message = "") {
  // Colours are for the terminal that ran it.
  const plain = message.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
  return { path, title, reason: plain.trim().split("\n").slice(0, REASON_LINES).join("\n") };
}

function listFailures(failures) {
  return { failed: failures.length, failures };
}

/** What is skipped is said by name: a number alone would hide what nobody looks at. */
function listSkipped(skippedNames) {
  return { skipped: skippedNames.length, skippedNames };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
