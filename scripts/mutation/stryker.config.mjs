// npm run mutate: changes lib/oauth and lib/secrets in one small way after the other, and asks the unit tests each time.
// What no test notices is a survivor: docs/mutation.md says what became of them.
const TESTS = ["!**/*.test.ts", "!**/testing/**"];

export default {
  mutate: ["lib/oauth/**/*.ts", "lib/secrets/**/*.ts", ...TESTS],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  // A constant that is made when its file is loaded is no decision, and each would cost a run of every test.
  ignoreStatic: true,
  // Below it, `npm run mutate` fails.
  thresholds: { high: 95, low: 90, break: 85 },
  // The types are checked elsewhere: what does not compile is a mutant like any other.
  checkers: [],
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 3_000,
  // What is copied. No tsconfig.json: it would be rewritten with what TypeScript 7 no longer offers.
  ignorePatterns: ["*", "!lib/**", "lib/db", "!scripts/mutation/**", "!package.json"],
  tempDirName: ".build/mutation/sandbox",
  incremental: true,
  incrementalFile: ".build/mutation/incremental.json",
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".build/mutation/report.json" },
  htmlReporter: { fileName: ".build/mutation/report.html" },
  allowEmpty: false,
};
