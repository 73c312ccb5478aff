// What tests need from Debian's package manager, where that asks no question.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { StepError } from "../project.mjs";

/** As root on Debian, and on what descends from it. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Installs Debian packages without a word. Rejects with all that apt-get said. */
export async function installPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...names]]) {
    await promisify(execFile)("apt-get", args, { env, maxBuffer: 64 * 1024 * 1024 }).catch(({ stdout, stderr }) => {
      throw new StepError(`apt-get ${args.join(" ")} failed:\n${stdout ?? ""}${stderr ?? ""}`);
    });
  }
}
