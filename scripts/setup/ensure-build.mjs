// Makes what the server runs from, when the sources changed: the Prisma client, Next's build, and server.ts in one file.
import { access } from "node:fs/promises";
import { join } from "node:path";
import { root, runNode, serverBundle, step } from "../project.mjs";
import { bundle } from "./bundle.mjs";
import { makeWhenChanged } from "./fingerprint.mjs";

const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "scripts/setup/bundle.mjs"];
const SERVER = ["lib", "server.ts", "prisma/schema.prisma"];
const PAGES = ["app", "components", "messages", "public", "next.config.ts", "postcss.config.mjs"];

export async function ensureClient() {
  await makeWhenChanged({
    stamp: ".build/client.stamp",
    sources: ["prisma/schema.prisma", "package-lock.json", "scripts/setup/generate.mjs"],
    isThere: () => exists("lib/db/generated/client.ts"),
    make: () => step("Generating the database client", () => runNode(["scripts/setup/generate.mjs"])),
  });
}

/** Everything for production. */
export async function ensureBuild() {
  await ensureClient();
  await makeWhenChanged({
    stamp: ".build/build.stamp",
    sources: [...SETTINGS, ...SERVER, ...PAGES],
    isThere: async () => (await exists(serverBundle)) && (await exists(".next/BUILD_ID")),
    make: () =>
      step("Building", async () => {
        const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
        await runNode(["node_modules/next/dist/bin/next", "build"], { env });
        await bundle("server.ts", serverBundle);
      }),
  });
}

/** For development: Next builds its pages when they are asked for. */
export async function ensureDevelopmentBuild() {
  await ensureClient();
  await bundle("server.ts", ".build/dev-server.mjs");
}

async function exists(path) {
  return access(join(root, path)).then(
    () => true,
    () => false,
  );
}
