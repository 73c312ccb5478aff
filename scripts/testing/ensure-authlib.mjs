// A Python OAuth client for the interoperability tests. Where it cannot be installed they are skipped, by name.
import { spawnSync } from "node:child_process";
import { step } from "../project.mjs";
import { canInstallPackages, installPackages } from "./debian-packages.mjs";

/** Tries to install Authlib where that needs no question: as root on Debian. Never rejects. */
export async function ensureAuthlib() {
  if (hasAuthlib() || !canInstallPackages()) return;
  try {
    const packages = ["python3-authlib", "python3-requests"];
    await step("Installing Authlib for the interoperability tests", () => installPackages(packages));
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
