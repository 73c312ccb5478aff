// npm test: everything there is to check, from a clean clone. The last line is the sum of all steps.
// npm run test:all (--all) asks both databases every question, which takes longer and seldom tells more.
import "./setup/check-node.mjs";
import { fail } from "./project.mjs";
import { ensureClient } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";
import { ensureTestServers } from "./testing/ensure-test-servers.mjs";
import { cleanEnvironment, findPostgres } from "./testing/test-environment.mjs";
import { planGroups } from "./testing/test-plan.mjs";
import { failOnce } from "./testing/test-suites.mjs";
import { summarize } from "./testing/test-summary.mjs";

const env = cleanEnvironment();
// The steps that run inside this process must not see more than those that are started from it.
for (const name of Object.keys(process.env))
  if (!(name in env) && name !== "TEST_DATABASE_URL") delete process.env[name];

try {
  await ensurePackages();
  await ensureClient();
  await ensureTestServers();
} catch (error) {
  fail(error);
}

const results = [];
for (const group of planGroups(await findPostgres(), process.argv.includes("--all"))) {
  results.push(...(await runGroup(group)));
}

console.log(`\n${summarize(results)}`);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;

/** Runs steps beside each other. The first shows what it prints at once, the others when it is their turn: mixed, nobody could read it. */
async function runGroup([live, ...others]) {
  const quiet = others.map((step) => {
    const printed = [];
    return { title: step.title, printed, outcome: runStep(step, { env, onOutput: (text) => printed.push(text) }) };
  });
  console.log(`\n=== ${live.title}`);
  const outcomes = [await runStep(live, { env })];
  for (const { title, printed, outcome } of quiet) {
    outcomes.push(await outcome);
    console.log(`\n=== ${title}`);
    process.stdout.write(printed.join(""));
  }
  return outcomes;
}

async function runStep({ title, run }, options) {
  const begun = performance.now();
  const counted = await Promise.resolve(options)
    .then(run)
    .catch((error) => failOnce({ title: error.message }));
  return { title, seconds: (performance.now() - begun) / 1000, ...counted };
}
