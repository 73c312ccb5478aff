// The end of `npm test`. What failed is said there once more, with its reason: whoever reads the last page of a long
// log sees which test it was.

/** More failures than these have one cause, and the first of them show it. */
const SHOWN_FAILURES = 15;

/**
 * The text that `npm test` ends with; its last line adds up all steps. `results`: what the functions of test-suites.mjs
 * return, each with its `title` and `seconds`.
 */
export function summarize(results) {
  return [
    "=== Summary",
    ...listSteps(results),
    "",
    ...listSlowest(results),
    ...listFailures(results),
    "",
    addUp(results),
  ]
    .join("\n")
    .concat("\n");
}

/** The files that took longest, over all suites. */
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

function listSteps(results) {
  const width = Math.max(...results.map(({ title }) => title.length));
  return results.flatMap(({ title, seconds, passed, failed, skipped, skippedNames = [], note }) => {
    const verdict = failed > 0 ? "FAILED" : passed > 0 ? "ok" : "skipped";
    const counts = `${passed} passed, ${failed} failed, ${skipped} skipped${note ? ` (${note})` : ""}`;
    return [
      `${verdict.padEnd(8)}${title.padEnd(width + 2)}${seconds.toFixed(1).padStart(7)} s  ${counts}`,
      ...skippedNames.map((name) => `          skipped: ${name}`),
    ];
  });
}

function listSlowest(results) {
  const lines = slowestFiles(results, 10).map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`);
  return ["The slowest files:", ...lines];
}

function listFailures(results) {
  const failures = results.flatMap(({ title, failures = [] }) =>
    failures.map((failure) => ({ suite: title, ...failure })),
  );
  if (failures.length === 0) return [];
  const shown = failures.slice(0, SHOWN_FAILURES).flatMap(({ suite, path, title, reason }) => [
    `  ${[suite, path, title].filter((part) => part !== "").join(" › ")}`,
    ...reason
      .split("\n")
      .filter(Boolean)
      .map((line) => `    ${line}`),
  ]);
  const rest = failures.length - SHOWN_FAILURES;
  return ["", "What failed:", ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

function addUp(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
