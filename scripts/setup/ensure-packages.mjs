// Installs packages when what is in node_modules is not what package-lock.json asks for.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run, runNode, step } from "../project.mjs";

/** For the product, or for the tool that has a lock file of its own in `folder`. */
export async function ensurePackages({ folder = root, title = "Installing packages" } = {}) {
  if (await areInstalled(folder)) return;
  await step(title, async () => {
    // Building needs the development packages too, whatever NODE_ENV says.
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const npm = process.env.npm_execpath;
    if (npm?.endsWith(".js")) await runNode([npm, ...args], { cwd: folder });
    else await run("npm", args, { cwd: folder, shell: process.platform === "win32" });
  });
}

/** npm leaves a lock file of what it installed; packages of other platforms are missing in it, and may be. */
async function areInstalled(folder) {
  const [wanted, found] = await Promise.all([
    readPackages(join(folder, "package-lock.json")),
    readPackages(join(folder, "node_modules", ".package-lock.json")),
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
