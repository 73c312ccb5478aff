// Installs the packages when what is in node_modules is not what package-lock.json asks for.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run, runNode, step } from "../project.mjs";

export async function ensurePackages() {
  if (await areInstalled()) return;
  await step("Installing packages", async () => {
    // Building needs the development packages too, whatever NODE_ENV says.
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const npm = process.env.npm_execpath;
    if (npm?.endsWith(".js")) await runNode([npm, ...args]);
    else await run("npm", args, { shell: process.platform === "win32" });
  });
}

/** npm leaves a lock file of what it installed; packages of other platforms are missing in it, and may be. */
async function areInstalled() {
  const [wanted, found] = await Promise.all([
    readPackages(join(root, "package-lock.json")),
    readPackages(join(root, "node_modules", ".package-lock.json")),
  ]);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || (found[path] ? found[path].version === version : optional),
  );
}

async function readPackages(path) {
  try {
    return JSON.parse(await readFile(path, "utf8")).packages;
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
