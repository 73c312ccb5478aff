import { execFileSync, spawnSync } from "node:child_process";
import { readAllowedCores } from "./proc";

/** The core of what is measured and the core of what sends load; undefined where nothing can be pinned. */
export type Cores = { server: number; load: number } | undefined;

/** Finds two cores, and moves this process to that of the load. */
export function takeCores(): Cores {
  const [server, load] = readAllowedCores();
  const canPin = spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;
  if (!canPin || server === undefined || load === undefined) return undefined;
  execFileSync("taskset", ["-a", "-c", "-p", String(load), String(process.pid)], { stdio: "ignore" });
  return { server, load };
}

/** The same command, held to a core where there is one. taskset becomes the program, so the process id is the program's. */
export function pinned(core: number | undefined, command: readonly string[]): readonly string[] {
  return core === undefined ? command : ["taskset", "-c", String(core), ...command];
}
