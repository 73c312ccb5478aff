import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { missingOptionalPackages } from "./lockfile.mjs";

describe("the lockfile", () => {
  const lockfile = JSON.parse(readFileSync("package-lock.json", "utf8"));

  it("lists the optional packages of every platform, so that npm ci accepts it anywhere", () => {
    expect(missingOptionalPackages(lockfile), "run: node scripts/complete-lockfile.mjs").toEqual([]);
  });

  it("names no registry", () => {
    expect(JSON.stringify(lockfile)).not.toContain('"resolved"');
  });

  it("is found incomplete when a platform is missing", () => {
    const packages = { "": {}, "node_modules/tool": { optionalDependencies: { "@tool/linux-x64-musl": "1.2.3" } } };
    expect(missingOptionalPackages({ packages })).toEqual([
      [
        "node_modules/@tool/linux-x64-musl",
        { version: "1.2.3", cpu: ["x64"], libc: ["musl"], optional: true, os: ["linux"] },
      ],
    ]);
  });
});
