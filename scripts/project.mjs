// Where things are, and how a step of a script is run and shown.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const serverBundle = ".build/server.mjs";

/** Runs a program in the project's folder and waits for it. Rejects when it fails. `onOutput` gets what it would show. */
export function run(command, args, { onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onOutput === undefined ? "inherit" : ["ignore", "pipe", "pipe"];
    const child = spawn(command, args, { cwd: root, stdio, ...options });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", onOutput);
    child.on("error", reject);
    // Its last words may arrive after its end.
    child.on(onOutput === undefined ? "exit" : "close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new StepError(`${[command, ...args].join(" ")} ended with ${signal ?? code}.`));
    });
  });
}

/** Runs Node.js itself on a script, whatever is first in PATH. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** A step that failed and has said why. */
export class StepError extends Error {}

/** Shows what is being done and how long it took. */
export async function step(title, work) {
  const begun = performance.now();
  console.log(`> ${title} …`);
  const result = await work();
  console.log(`  done in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}

/** Ends the script with one sentence for what is expected to fail, and a stack for what is not. */
export function fail(error) {
  console.error(error instanceof StepError ? `\n${error.message}` : error);
  process.exit(1);
}
