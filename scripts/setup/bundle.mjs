// Turns a TypeScript entry into one file that plain Node runs. Packages stay outside, in node_modules.
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles `entry` (from the project's root) into `outfile`. `alias` names files that stand in for packages. */
export async function bundle(entry, outfile, alias = {}) {
  // Not at the top: start.mjs imports this file before the packages are installed.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
    alias: {
      // The marker package throws outside a React server build, and this is a server.
      "server-only": "./lib/testing/setup/server-only.stub.ts",
      ...alias,
    },
  });
}
