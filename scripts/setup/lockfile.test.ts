import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Entry = {
  version?: string;
  integrity?: string;
  inBundle?: boolean;
  optionalDependencies?: Record<string, string>;
};

type Lockfile = { packages: Record<string, Entry> };

const LOCKFILES = ["package-lock.json", "e2e/interop/spectral/package-lock.json", "bench/package-lock.json"];
const lockfile: Lockfile = JSON.parse(readFileSync("package-lock.json", "utf8"));

/** The entries of packages that npm would install without comparing them with anything. */
function unverified(packages: Record<string, Entry>): string[] {
  const hasHash = (path: string): boolean => /^sha512-.{88}$/.test(packages[path]?.integrity ?? "");
  return Object.keys(packages).filter((path) => {
    if (path === "" || hasHash(path)) return false;
    // It is a part of the archive of the package around it, which has the hash.
    const isCovered =
      packages[path]?.inBundle === true && hasHash(path.replace(/\/node_modules\/(?:@[^/]+\/)?[^/]+$/, ""));
    return !isCovered;
  });
}

/** The exactly pinned optional packages that have no entry: `npm ci` refuses such a lockfile on their platform. */
function unlisted(packages: Record<string, Entry>): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([, range]) => /^\d+\.\d+\.\d+/.test(range))
      .map(([name]) => `node_modules/${name}`)
      .filter((place) => packages[place] === undefined && packages[`${path}/${place}`] === undefined),
  );
}

describe("the lockfile", () => {
  it.each(LOCKFILES)("holds a hash for every package of every platform: %s", (path) => {
    const { packages }: Lockfile = JSON.parse(readFileSync(path, "utf8"));
    expect(Object.keys(packages).length).toBeGreaterThan(50);
    expect(unverified(packages)).toEqual([]);
  });

  it("lists the optional packages of every platform, so that npm ci accepts it anywhere", () => {
    expect(unlisted(lockfile.packages)).toEqual([]);
  });

  it("lists no tool among the packages of the product, and runs no script of any package", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    const tools = ["prisma", "esbuild", "tailwindcss", "@tailwindcss/postcss", "typescript", "vitest", "playwright"];
    expect(Object.keys(dependencies).filter((name) => tools.includes(name))).toEqual([]);
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
  });

  it("names no registry", () => {
    expect(JSON.stringify(lockfile)).not.toContain('"resolved"');
  });

  it("is refused when a hash is missing, weak, or that of a bundle is", () => {
    const hashed = { version: "1.2.3", integrity: `sha512-${"A".repeat(86)}==` };
    const bundled = { version: "1.2.3", inBundle: true };
    const sound = { "": {}, "node_modules/a": hashed, "node_modules/a/node_modules/@b/c": bundled };
    expect(unverified(sound)).toEqual([]);
    expect(unverified({ ...sound, "node_modules/d": { version: "1.2.3" } })).toEqual(["node_modules/d"]);
    expect(unverified({ ...sound, "node_modules/d": { version: "1.2.3", integrity: "sha1-AAAA" } })).toEqual([
      "node_modules/d",
    ]);
    expect(unverified({ ...sound, "node_modules/a": {} })).toHaveLength(2);
  });

  it("is refused when a platform is missing", () => {
    const tool = { optionalDependencies: { "@tool/linux-x64-musl": "1.2.3" } };
    expect(unlisted({ "": {}, "node_modules/tool": tool })).toEqual(["node_modules/@tool/linux-x64-musl"]);
  });
});
