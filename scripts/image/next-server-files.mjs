// Which files of the package `next` its own server loads when it is started from a program.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, relative } from "node:path";
import { root } from "../project.mjs";

const require = createRequire(import.meta.url);

/** What the bundle of the server imports of it. */
const ENTRIES = ["next", "next/dist/server/app-render/parse-and-validate-flight-router-state.js"];
/** What is only reached while Next builds or develops. */
const UNUSED = new RegExp(
  [
    String.raw`\.(?:development|dev)\.js$`,
    "/next/dist/(?:docs|build/(?:babel|swc|webpack[^/]*)|server/dev)/",
    "/next/dist/compiled/(?:webpack|babel|babel-packages|terser|jest-worker|next-devtools)/",
  ].join("|"),
);
/** Where Next looks up webpack and its loaders, whenever it reads its configuration. It loads none of them. */
const LOOKS_UP = "next/dist/server/config-utils";

/**
 * Returns `files` of `next` (paths from the root), and `elsewhere`, the files of other packages that these load
 * (absolute). Next writes its requires out, so the bundler finds them all, in a second where a tracer takes half a minute.
 */
export async function traceNextServer() {
  const { build } = await import("esbuild");
  const next = dirname(require.resolve("next/package.json"));
  const elsewhere = new Set();
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((name) => require.resolve(name)),
    bundle: true,
    write: false,
    metafile: true,
    outdir: "nowhere",
    platform: "node",
    format: "cjs",
    mainFields: ["main"],
    conditions: [],
    logLevel: "silent",
    plugins: [{ name: "next-server", setup: (plugin) => plugin.onResolve({ filter: /./ }, resolveAsNode) }],
  });
  return { files: [...Object.keys(metafile.inputs), ...(await listLookedUp())], elsewhere };

  function resolveAsNode({ path, importer, kind }) {
    if (kind === "entry-point") return { path };
    const found = resolve(path, importer);
    if (found === undefined || UNUSED.test(found)) return { external: true };
    if (!relative(next, found).startsWith("..")) return { path: found };
    elsewhere.add(found);
    return { external: true };
  }
}

async function listLookedUp() {
  const text = await readFile(require.resolve(LOOKS_UP), "utf8");
  const names = [...text.matchAll(/'(next\/dist\/compiled\/[^']+)'/g)].map(([, name]) => name);
  return names.map((name) => relative(root, require.resolve(name)));
}

/** What Node.js would load; undefined for what is not installed and for what is part of Node.js. */
function resolve(path, importer) {
  try {
    const found = createRequire(importer).resolve(path);
    return isAbsolute(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
