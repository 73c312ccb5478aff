// A Python OAuth client for the interoperability tests. Where it cannot be installed they are skipped, by name.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./project.mjs";

/** Tries to install Authlib where that needs no question: as root on Debian. Never rejects. */
export async function ensureAuthlib() {
  if (hasAuthlib() || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  try {
    await run("apt-get", ["update", "-q"]);
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "python3-authlib", "python3-requests"]);
  } catch (error) {
    console.error(`Authlib was not installed: ${error.message}`);
  }
}

function hasAuthlib() {
  // A Debian package belongs to Debian's own Python, whichever comes first in PATH.
  return ["python3", "/usr/bin/python3"].some(
    (python) => spawnSync(python, ["-c", "import authlib, requests"], { stdio: "ignore" }).status === 0,
  );
}
