// Tells whether something made from sources is still what they would make.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../project.mjs";

const NOT_BUILT = /\.test\.tsx?$|^lib\/db\/generated\//;

/** Runs `make` unless `stamp` says that it ran on these very sources and `isThere` finds the result. */
export async function makeWhenChanged({ stamp, sources, isThere, make }) {
  const path = join(root, stamp);
  const fingerprint = await fingerprintOf(sources);
  const made = await readFile(path, "utf8").catch(() => "");
  if (made === fingerprint && (await isThere())) return;
  // What is interrupted half-way must not pass for finished.
  await rm(path, { force: true });
  await make();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, fingerprint);
}

/** A digest of the names and contents of files and folders; what does not exist counts as empty. */
async function fingerprintOf(sources) {
  const hash = createHash("sha256").update(process.versions.modules);
  const files = (await Promise.all(sources.map(listFiles))).flat().filter((path) => !NOT_BUILT.test(path));
  for (const path of files.sort()) hash.update(`\0${path}\0`).update(await readFile(join(root, path)));
  return hash.digest("hex");
}

async function listFiles(path) {
  try {
    const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath ?? entry.path, entry.name)
          .slice(root.length)
          .replaceAll("\\", "/"),
      );
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    if (error.code === "ENOENT") return [];
    throw error;
  }
}
