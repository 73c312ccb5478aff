// The reverse proxies of deploy/, for tests that send requests through them. They are never installed: a package of Debian
// would start one on ports 80 and 443. Its files are unpacked in a folder of ours, which takes no rights.
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../project.mjs";
import { canInstallPackages } from "./debian-packages.mjs";

const FOLDER = join(root, ".build", "proxies");
/** Where each is, installed or unpacked, and how it says that it runs on this machine. */
const PROXIES = {
  nginx: { path: "usr/sbin/nginx", probe: "-v" },
  caddy: { path: "usr/bin/caddy", probe: "version" },
};
const run = promisify(execFile);

/** The program of the proxy called `name`; undefined where this machine has none. */
export function findProxy(name) {
  const { path, probe } = PROXIES[name];
  return [`/${path}`, name, join(FOLDER, name, path)].find((command) => spawnSync(command, [probe]).status === 0);
}

/** Fetches those that are missing, where Debian's package manager is. Rejects with what it said. */
export async function fetchProxies() {
  if (!existsSync("/usr/bin/apt-get")) return;
  for (const name of Object.keys(PROXIES).filter((each) => findProxy(each) === undefined)) {
    const folder = join(FOLDER, name);
    mkdirSync(folder, { recursive: true });
    const download = () => run("apt-get", ["download", name], { cwd: folder });
    await download().catch(async (error) => {
      // Without its lists apt-get knows no package.
      if (!canInstallPackages()) throw error;
      await run("apt-get", ["update"], { maxBuffer: 64 * 1024 * 1024 });
      await download();
    });
    for (const file of readdirSync(folder).filter((each) => each.endsWith(".deb")))
      await run("dpkg-deb", ["-x", join(folder, file), folder]);
  }
}
