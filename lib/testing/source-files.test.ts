import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSourceFiles } from "./source-files";

describe("the source files of a folder without git", () => {
  let root: string;

  function write(path: string, text = ""): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "vestibule-sources-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("are read in order, whatever their depth, and other files are not", () => {
    write(".gitignore");
    for (const path of ["lib/b/c.tsx", "server.ts", "lib/a.ts", "README.md", "scripts/run.mjs"]) write(path, path);
    expect(readSourceFiles(undefined, root)).toEqual(
      ["lib/a.ts", "lib/b/c.tsx", "scripts/run.mjs", "server.ts"].map((path) => ({ path, text: path })),
    );
    expect(readSourceFiles((path) => path.startsWith("lib/b/"), root)).toEqual([
      { path: "lib/b/c.tsx", text: "lib/b/c.tsx" },
    ]);
  });

  it("are those that .gitignore does not name, and never those of .git", () => {
    write(".gitignore", "node_modules/\n# a remark\n\nlib/made/\nnext-env.d.ts\n*.log.ts\n");
    const left = ["lib/a.ts", "app/lib/made/kept.ts", "lib/log.ts"];
    const ignored = ["node_modules/a.ts", "app/node_modules/b.ts", "lib/made/c.ts", "next-env.d.ts", "lib/d.log.ts"];
    for (const path of [...left, ...ignored, ".git/e.ts"]) write(path);
    expect(readSourceFiles(undefined, root).map(({ path }) => path)).toEqual([...left].sort());
  });

  it("are not guessed when .gitignore says what is not understood", () => {
    write(".gitignore", "!kept.ts\n");
    expect(() => readSourceFiles(undefined, root)).toThrow("!kept.ts");
  });
});
