// What tests need from Debian's package manager, where that asks no question.
import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { StepError } from "../project.mjs";

/** As root on Debian, and on what descends from it. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Those of `names` that are not installed. Takes milliseconds, unlike asking the programs themselves. */
export function listMissingPackages(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills them in.
  const format = "${db:Status-Status} ${Package}\\n";
  const query = spawnSync("dpkg-query", ["-W", "-f", format, ...names], { encoding: "utf8" });
  const installed = new Set((query.stdout ?? "").split("\n"));
  return names.filter((name) => !installed.has(`installed ${name}`));
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
