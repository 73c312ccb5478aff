// Which files of which packages production loads.
import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root } from "../project.mjs";
import { readNextTraces } from "./next-output.mjs";
import { traceNextServer } from "./next-server-files.mjs";

/**
 * What a tracer takes along and nobody loads: the image optimizer, which next.config.ts switches off, the tests of packages
 * that look into their own folder, and what is for debuggers and compilers.
 */
const NOT_LOADED = /^node_modules\/(?:sharp|@img)\/|^node_modules\/.*\/tests?\/|\.map$|\.d\.[cm]?ts$/;
const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
/** What people may do with a package has to go where the package goes. */
const LICENCE = /^(?:licen[cs]e|notice|copying)/i;

/**
 * Copies into `folder` what `entries` (paths from the root) load from packages, added to what Next says that its pages
 * load. Each package keeps its description and its licence.
 */
export async function copyPackages(folder, entries) {
  const files = await listPackageFiles(entries);
  const within = [...new Set(files.flatMap((path) => [dirname(path), PACKAGE.exec(path)[0]]))];
  const descriptions = (await Promise.all(within.map(listDescriptions))).flat();
  const paths = [...new Set([...files, ...descriptions])];
  const folders = new Set(paths.map((path) => dirname(join(folder, path))));
  await Promise.all([...folders].map((path) => mkdir(path, { recursive: true })));
  await Promise.all(paths.map((path) => copyFile(join(root, path), join(folder, path))));
}

/** What stands beside the files of a package without being loaded: which of them is the first, and the licence. */
async function listDescriptions(path) {
  const names = await readdir(join(root, path));
  return names.filter((name) => name === "package.json" || LICENCE.test(name)).map((name) => `${path}/${name}`);
}

async function listPackageFiles(entries) {
  const [ofPages, ofNext] = await Promise.all([readNextTraces(), traceNextServer()]);
  // A private path of Next's, at the one version that package-lock.json names: a second copy brings forty packages.
  const { nodeFileTrace } = createRequire(import.meta.url)("next/dist/compiled/@vercel/nft");
  // Next itself would take it half a minute.
  const ignore = (path) => path.startsWith("node_modules/next/") || NOT_LOADED.test(path);
  const { fileList } = await nodeFileTrace([...entries.map((path) => join(root, path)), ...ofNext.elsewhere], {
    base: root,
    processCwd: root,
    ignore,
  });
  const inPackages = [...ofPages, ...fileList].filter((path) => path.startsWith("node_modules/"));
  const isForDevelopment = await readDevelopmentPackages();
  return [...new Set([...ofNext.files, ...inPackages])].filter(
    (path) => !NOT_LOADED.test(path) && !isForDevelopment(path),
  );
}

/** Some packages take another along if it happens to be there, as one that only tests asked for. */
async function readDevelopmentPackages() {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  return (path) => {
    const { dev, devOptional } = packages[PACKAGE.exec(path)[0]] ?? {};
    return Boolean(dev || devOptional);
  };
}
