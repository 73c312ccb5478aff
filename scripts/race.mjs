// npm run race -- 10000: so many races between two processes on one PostgreSQL. Without a number, 1000.
import "./setup/check-node.mjs";
import { fail, root, run, StepError } from "./project.mjs";
import { ensureClient } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";
import { cleanEnvironment, findPostgres } from "./testing/test-environment.mjs";

try {
  const [rounds = "1000", ...rest] = process.argv.slice(2);
  if (!/^[1-9]\d{0,6}$/.test(rounds) || rest.length > 0) throw new StepError("npm run race -- NUMBER, 1 to 9999999.");
  const postgres = await findPostgres();
  if (postgres.url === undefined) throw new StepError(`There is ${postgres.reason}.`);
  await ensurePackages();
  await ensureClient();
  // However many races there are, none of them is late.
  const args = ["run", "--project", "integration-postgres", "--testTimeout=0", ".race.integration.test.ts"];
  await run(process.execPath, ["node_modules/vitest/vitest.mjs", ...args], {
    cwd: root,
    env: { ...cleanEnvironment(), TEST_DATABASE_URL: postgres.url, RACE_ROUNDS: rounds },
  });
} catch (error) {
  fail(error);
}
