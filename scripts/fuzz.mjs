// npm run fuzz -- --seconds 600: every property of the *.fuzz.test.ts files, for as long as asked, from a new seed.
// A failure prints a seed and a path; npm run fuzz -- --seed S --path P --only "TITLE" goes straight back to it.
import "./setup/check-node.mjs";
import { randomInt } from "node:crypto";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fail, root, run, StepError } from "./project.mjs";
import { ensureClient } from "./setup/ensure-build.mjs";
import { ensurePackages } from "./setup/ensure-packages.mjs";

/** Seconds beyond the time asked for: starting, and shrinking a failure. After that a property hangs. */
const GRACE = 120;

try {
  const { seconds, seed, path, only } = readOptions();
  await ensurePackages();
  await ensureClient();
  const files = readdirSync(join(root, "lib"), { recursive: true })
    .map((name) => join("lib", name))
    .filter((name) => name.endsWith(".fuzz.test.ts"));
  const workers = Math.min(availableParallelism(), files.length);
  // Each worker takes one file after the other.
  const secondsPerFile = path === "" ? seconds / Math.ceil(files.length / workers) : 0;
  console.log(`${files.length} files, ${workers} at once, ${secondsPerFile.toFixed(1)} s each. Seed ${seed}.`);

  const filter = only === "" ? [] : ["--testNamePattern", only.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")];
  const args = ["run", "--project", "unit", "--maxWorkers", String(workers), ...filter, ".fuzz.test.ts"];
  const watchdog = AbortSignal.timeout((seconds + GRACE) * 1000);
  await run(process.execPath, ["node_modules/vitest/vitest.mjs", ...args], {
    env: {
      ...process.env,
      FUZZ_SEED: String(seed),
      FUZZ_PATH: path,
      FUZZ_SECONDS_PER_FILE: String(secondsPerFile),
    },
    signal: watchdog,
    killSignal: "SIGKILL",
  }).catch((error) => {
    throw new StepError(
      watchdog.aborted
        ? `A property did not come back. The seed was ${seed}.`
        : `${error.message}\nA counterexample above names its seed and path:\n` +
            '  npm run fuzz -- --seed SEED --path PATH --only "TITLE OF THE TEST"',
    );
  });
} catch (error) {
  fail(error);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: String(randomInt(2 ** 31)) },
      path: { type: "string", default: "" },
      only: { type: "string", default: "" },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new StepError("--seconds takes a number above 0.");
  if (!/^-?\d+$/.test(values.seed)) throw new StepError("--seed takes a whole number.");
  return { ...values, seconds };
}
