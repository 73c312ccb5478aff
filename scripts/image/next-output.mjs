// What Next's server reads of its own build.
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../project.mjs";
import { copyMap } from "./source-map.mjs";

const NEXT = ".next";
/** Lists of files that only whoever copies them reads. */
const TRACE = ".nft.json";

/** Copies the manifests that Next says it needs, the pages, and what browsers load, into `folder`. */
export async function copyNextOutput(folder) {
  const { files } = JSON.parse(await readFile(join(root, NEXT, "required-server-files.json"), "utf8"));
  await Promise.all([
    ...files.map((path) => copy(path, folder)),
    ...(await listFiles(join(NEXT, "server"))).map((path) => copy(path, folder)),
    cp(join(root, NEXT, "static"), join(folder, NEXT, "static"), { recursive: true }),
    // Links to packages, under the names by which the pages load them. They lead to node_modules beside.
    cp(join(root, NEXT, "node_modules"), join(folder, NEXT, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    }),
  ]);
}

/** The files that the pages load beside those of Next's output, and those of Next's own server: paths from the root. */
export async function readNextTraces() {
  const ofPages = (await listFiles(join(NEXT, "server"))).filter((path) => path.endsWith(TRACE));
  const traces = await Promise.all([`${NEXT}/next-server.js.nft.json`, ...ofPages].map(readTrace));
  return new Set(traces.flat());
}

async function readTrace(path) {
  const { files } = JSON.parse(await readFile(join(root, path), "utf8"));
  return files.map((file) => join(dirname(path), file).replaceAll("\\", "/"));
}

async function listFiles(path) {
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length));
}

async function copy(path, folder) {
  if (path.endsWith(TRACE)) return;
  const to = join(folder, path);
  if (path.endsWith(".map")) return copyMap(join(root, path), to);
  await mkdir(dirname(to), { recursive: true });
  await cp(join(root, path), to);
}
