// Puts together what production needs of a finished build.
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { root, StepError, serverBundle } from "../project.mjs";
import { bundle } from "../setup/bundle.mjs";
import { writeBillOfMaterials } from "./bill-of-materials.mjs";
import { copyNextOutput } from "./next-output.mjs";
import { copyPackages } from "./package-files.mjs";
import { copyMap } from "./source-map.mjs";

/** For whoever changes the product: they need its sources, or fill a database with what nobody wants in production. */
const DEVELOPMENT = ["diff", "seed"];
/** Has no npm script of its own: docs/operations.md names the file. */
const NAMED_IN_DOCS = ["generate-keys"];
/** What stands in for scripts that install and build: in the assembled folder there is nothing to install or build. */
const STAND_INS = ["start", "run", "health"];
/** The configuration of Next as it is written, without what only changes how pages are built. */
const WITHOUT_BUILD_PLUGIN = { "next-intl/plugin": "./scripts/image/build-plugin.stub.mjs" };
/** Below the root, so that the tracer finds the packages that they import. */
const BUNDLES = ".build/production";

/**
 * Makes `folder` (absolute; empty or not there): the bundles of the server and of the scripts for operators, Next's
 * output, the migrations, of the packages the files that these load, and a list of these with their licences. Rejects when the folder has something in it.
 */
export async function assemble(folder) {
  await requireEmpty(folder);
  await mkdir(folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const scripts = Object.fromEntries(Object.entries(manifest.scripts).filter(([, command]) => isForOperators(command)));
  const names = [...Object.values(scripts).map((command) => command.split(" ")[2]), ...NAMED_IN_DOCS];
  const bundles = await makeBundles(names);

  await Promise.all([
    cp(join(root, "LICENSE"), join(folder, "LICENSE")),
    cp(join(root, "prisma/migrations"), join(folder, "prisma/migrations"), { recursive: true }),
    writeFile(join(folder, "package.json"), `${JSON.stringify(manifestOf(manifest, scripts), null, 2)}\n`),
    ...bundles.map(({ from, to }) => copyBundle(from, join(folder, to))),
    copyNextOutput(folder),
    copyPackages(
      folder,
      bundles.map(({ from }) => from),
    ),
  ]);
  await writeBillOfMaterials(folder);
}

async function requireEmpty(folder) {
  const found = await readdir(folder).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (found.length > 0) throw new StepError(`${folder} is not empty. Name a folder that does not exist.`);
}

function isForOperators(command) {
  const [program, script, name] = command.split(" ");
  return program === "node" && script === "scripts/run.mjs" && !DEVELOPMENT.includes(name);
}

function manifestOf({ name, version, description, license, type, engines }, scripts) {
  const commands = { start: "node scripts/start.mjs", ...scripts };
  return { name, version, description, license, private: true, type, engines, scripts: commands };
}

/** Bundles what is not bundled yet, and returns where each bundle is and where it goes. */
async function makeBundles(names) {
  const made = [
    ...names.map((name) => ({ entry: `scripts/${name}.ts`, to: `.build/${name}.mjs` })),
    ...STAND_INS.map((name) => ({ entry: `scripts/image/tree/${name}.mjs`, to: `scripts/${name}.mjs` })),
    { entry: "next.config.ts", to: "next.config.mjs", alias: WITHOUT_BUILD_PLUGIN },
  ].map(({ entry, to, alias }) => ({ entry, to, alias, from: join(BUNDLES, basename(to)) }));
  await Promise.all(made.map(({ entry, from, alias }) => bundle(entry, from, alias)));
  return [{ from: serverBundle, to: serverBundle }, ...made];
}

async function copyBundle(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(join(root, from), to);
  await copyMap(join(root, `${from}.map`), `${to}.map`);
}
