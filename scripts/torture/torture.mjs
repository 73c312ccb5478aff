// npm run torture -- --embedded 100 --postgres 200: so many kill -9 under load on each database, then every fault of the
// database, then a thousand of each of the six races. docs/torture.md says what each shows.
import "../setup/check-node.mjs";
import { parseArgs } from "node:util";
import { fail, root, runNode, StepError, step } from "../project.mjs";
import { ensureBuild } from "../setup/ensure-build.mjs";
import { ensurePackages } from "../setup/ensure-packages.mjs";
import { ensureChromium } from "../testing/find-chromium.mjs";
import { cleanEnvironment, findPostgres } from "../testing/test-environment.mjs";

try {
  const { embedded, postgres, races } = readOptions();
  const server = await findPostgres();
  if (server.url === undefined) throw new StepError(`There is ${server.reason}.`);
  await ensurePackages();
  await ensureBuild();
  await ensureChromium();
  const playwright = [
    "node_modules/@playwright/test/cli.js",
    "test",
    "--project=platform",
    "--timeout=0",
    "--workers=1",
  ];
  // The times that are promised are kept here to the letter: nothing runs beside.
  const kills = { TORTURE_EMBEDDED_KILLS: embedded, TORTURE_POSTGRES_KILLS: postgres, TORTURE_PATIENCE: "1" };
  const env = { ...cleanEnvironment(), TEST_DATABASE_URL: server.url, ...kills };
  await step(
    `${embedded} kills on the embedded database, ${postgres} on PostgreSQL, and the faults of a database`,
    () => runNode([...playwright, "e2e/platform/torture"], { cwd: root, env }),
  );
  await runNode(["scripts/race.mjs", races], { cwd: root });
} catch (error) {
  fail(error);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      embedded: { type: "string", default: "100" },
      postgres: { type: "string", default: "200" },
      races: { type: "string", default: "6000" },
    },
  });
  for (const [name, number] of Object.entries(values)) {
    if (!/^[1-9]\d{0,5}$/.test(number)) throw new StepError(`--${name} takes a number from 1 to 999999.`);
  }
  return values;
}
