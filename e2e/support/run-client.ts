import { spawn, spawnSync } from "node:child_process";
import { test } from "@playwright/test";
import { FOREIGN_CLIENTS, findForeignClient } from "../../scripts/testing/foreign-clients.mjs";

export type ClientRun = { code: number | null; stdout: string; stderr: string };

/**
 * Runs a foreign client as a process of its own. What it needs to know goes in through `environment`, never through
 * its arguments, which every user of the machine could read.
 */
export function runClient(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<ClientRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...printed }));
  });
}

/** Runs a client that prints one JSON value. Throws with everything it said when it failed or printed anything else. */
export async function readClientJson(...run: Parameters<typeof runClient>): Promise<unknown> {
  const { code, stdout, stderr } = await runClient(...run);
  try {
    if (code === 0) return JSON.parse(stdout);
  } catch {
    // Said below, together with all it printed.
  }
  throw new Error(`${run[0]} ended with ${code}:\n${stdout}\n${stderr}`);
}

/** Whether this machine can run `command`. */
export function isRunnable(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/**
 * A client that nobody here ships: what to run for it and, where this machine lacks it, why its tests are skipped.
 * Debian's packages of all of them are installed by scripts/testing/ensure-foreign-clients.mjs.
 */
export function foreignClient(name: keyof typeof FOREIGN_CLIENTS): { command: string; missing: string | undefined } {
  const command = findForeignClient(name);
  if (command !== undefined) return { command, missing: undefined };
  return { command: "", missing: `${name} is not installed (Debian: ${FOREIGN_CLIENTS[name].packages.join(", ")})` };
}

/** Skips the running test by name when a client is not on this machine. The report says why. */
export function skipIfMissing(reason: string | undefined): void {
  test.info().skip(reason !== undefined, reason);
}
