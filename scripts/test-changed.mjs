// npm run test:changed: the unit and integration tests that what you changed can reach, for the minutes in between.
// Everything before a change is handed over is npm test; the browser's tests are not among these.
import "./setup/check-node.mjs";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fail, root, runNode, StepError } from "./project.mjs";
import { ensureClient } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";
import { cleanEnvironment, findPostgres } from "./testing/test-environment.mjs";

try {
  requireHistory();
  await ensurePackages();
  await ensureClient();
  const { url } = await findPostgres();
  const integration = url === undefined ? "integration" : "integration-postgres";
  // Against a commit when one is given, else against what was committed last.
  const since = process.argv[2] === undefined ? "--changed" : `--changed=${process.argv[2]}`;
  const args = ["run", since, "--passWithNoTests", "--project", "unit", "--project", integration];
  const env = { ...cleanEnvironment(), ...(url === undefined ? {} : { TEST_DATABASE_URL: url }) };
  await runNode(["node_modules/vitest/vitest.mjs", ...args], { env });
} catch (error) {
  fail(error);
}

/** Only the history knows what was changed; npm test does without one. */
function requireHistory() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const hasGit = folders.some((folder) => ["git", "git.exe"].some((name) => existsSync(join(folder, name))));
  if (hasGit && existsSync(join(root, ".git"))) return;
  throw new StepError("test:changed asks git what was changed, and there is no git or no history here. Use npm test.");
}
