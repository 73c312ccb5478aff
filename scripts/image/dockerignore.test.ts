import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const patterns = readFileSync(".dockerignore", "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

/** Whether the builder gets to see `path`: the last pattern that names it, or a folder that it is in, decides. */
function isSent(path: string): boolean {
  const names = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/\./g, "\\.")
        .replace("**/", "(?:.*/)?")
        .replace(/(?<!\.)\*/g, "[^/]*")}(?:/|$)`,
    );
  return patterns.reduce((sent, pattern) => {
    const isKept = pattern.startsWith("!");
    return names(isKept ? pattern.slice(1) : pattern).test(path) ? isKept : sent;
  }, true);
}

it.each([
  "package-lock.json",
  ".npmrc",
  "server.ts",
  "next.config.ts",
  "app/layout.tsx",
  "lib/server/start-server.ts",
  "lib/testing/setup/server-only.stub.ts",
  "messages/fr/errors.json",
  "prisma/migrations/migration_lock.toml",
  "scripts/package.mjs",
  "scripts/setup/bundle.mjs",
])("the builder gets %s", (path) => expect(isSent(path)).toBe(true));

it.each([
  ".env",
  ".env.local",
  ".git/config",
  ".data/keys/master-key",
  ".build/server.mjs",
  ".next/BUILD_ID",
  "node_modules/next/package.json",
  "lib/db/generated/client.ts",
  "lib/architecture.test.ts",
  "e2e/.auth/administrator.json",
  "backup.tar",
])("the builder does not get %s", (path) => expect(isSent(path)).toBe(false));

it("what the build is made from is what the builder gets", () => {
  const text = readFileSync("scripts/setup/ensure-build.mjs", "utf8");
  const sources = [...text.matchAll(/^const (?:SETTINGS|SERVER|PAGES) = \[(.*)\];$/gm)].flatMap(([, list = ""]) =>
    Array.from(list.matchAll(/"([^"]+)"/g), ([, path = ""]) => path),
  );
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter((path) => path !== "public" && !isSent(path))).toEqual([]);
});
