// Programs of Debian's packages that tests ask, and that are never installed: a proxy would be started on ports 80 and 443,
// and Prometheus would begin to collect. They are unpacked in a folder of ours, which takes no rights.
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../project.mjs";
import { canInstallPackages } from "./debian-packages.mjs";

const FOLDER = join(root, ".build", "programs");
/** In which package each is and where, installed or unpacked, and how it says that it runs on this machine. */
const PROGRAMS = {
  nginx: { debian: "nginx", path: "usr/sbin/nginx", probe: "-v" },
  caddy: { debian: "caddy", path: "usr/bin/caddy", probe: "version" },
  promtool: { debian: "prometheus", path: "usr/bin/promtool", probe: "--version" },
};
const run = promisify(execFile);

/** The program called `name`; undefined where this machine has none. */
export function findProgram(name) {
  const { path, probe } = PROGRAMS[name];
  return [`/${path}`, name, join(FOLDER, name, path)].find((command) => spawnSync(command, [probe]).status === 0);
}

/** Fetches those that are missing, where Debian's package manager is. Rejects with what it said. */
export async function fetchPrograms() {
  if (!existsSync("/usr/bin/apt-get")) return;
  for (const name of Object.keys(PROGRAMS).filter((each) => findProgram(each) === undefined)) {
    const { debian, path } = PROGRAMS[name];
    const folder = join(FOLDER, name);
    mkdirSync(folder, { recursive: true });
    const download = () => run("apt-get", ["download", debian], { cwd: folder });
    await download().catch(async (error) => {
      // Without its lists apt-get knows no package.
      if (!canInstallPackages()) throw error;
      await run("apt-get", ["update"], { maxBuffer: 64 * 1024 * 1024 });
      await download();
    });
    for (const file of readdirSync(folder).filter((each) => each.endsWith(".deb"))) {
      // The program alone: what stands beside it is larger, and nobody asks for it.
      const unpack = 'set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -x "./$2"';
      await run("bash", ["-c", unpack, "bash", file, path], { cwd: folder });
      await rm(join(folder, file));
    }
  }
}
