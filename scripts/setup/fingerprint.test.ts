import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeWhenChanged } from "./fingerprint.mjs";

let folder: string;
let made: number;
let isThere: boolean;

beforeEach(async () => {
  await mkdir(".build", { recursive: true });
  folder = relative(process.cwd(), await mkdtemp(join(process.cwd(), ".build", "fingerprint-")));
  await mkdir(join(folder, "sources", "deep"), { recursive: true });
  await writeFile(join(folder, "sources", "deep", "page.tsx"), "one");
  made = 0;
  isThere = true;
});
afterEach(() => rm(folder, { recursive: true }));

function make(work: () => Promise<void> = async () => {}) {
  return makeWhenChanged({
    stamp: `${folder}/stamp`,
    sources: [`${folder}/sources`, `${folder}/absent`],
    isThere: async () => isThere,
    make: async () => {
      made += 1;
      await work();
    },
  });
}

describe("makeWhenChanged", () => {
  it("makes once and not again", async () => {
    await make();
    await make();
    expect(made).toBe(1);
  });

  it.each([
    ["a source changed", () => writeFile(join(folder, "sources", "deep", "page.tsx"), "two")],
    ["a source was added", () => writeFile(join(folder, "sources", "new.ts"), "")],
    ["a source is gone", () => rm(join(folder, "sources", "deep", "page.tsx"))],
    [
      "a folder that was absent has a file",
      () => mkdir(join(folder, "absent")).then(() => writeFile(join(folder, "absent", "a.ts"), "")),
    ],
  ])("makes again when %s", async (_title, change) => {
    await make();
    await change();
    await make();
    expect(made).toBe(2);
  });

  it("makes again when what was made is gone", async () => {
    await make();
    isThere = false;
    await make();
    expect(made).toBe(2);
  });

  it("does not take an attempt that failed for done", async () => {
    await make();
    await writeFile(join(folder, "sources", "deep", "page.tsx"), "broken");
    await expect(make(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await writeFile(join(folder, "sources", "deep", "page.tsx"), "one");
    await make();
    expect(made).toBe(3);
  });

  it("does not care about tests", async () => {
    await make();
    await writeFile(join(folder, "sources", "deep", "page.test.tsx"), "");
    await make();
    expect(made).toBe(1);
  });
});
