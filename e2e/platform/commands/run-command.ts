import { execFile } from "node:child_process";
import { neutralEnvironment } from "../../support/server";

/** Runs a command for operators to its end, with nothing of the caller's settings but `environment`; `said` is all that it prints. */
export function runCommand(
  words: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: unknown; said: string }> {
  const env = { ...process.env, ...neutralEnvironment(), ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/run.mjs", ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    );
  });
}
