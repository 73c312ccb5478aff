import { expect, it } from "vitest";
import { readSourceFiles } from "@/lib/testing/source-files";
import { readEngineFiles } from "./engine-files.mjs";

const USES_A_DATABASE = /\b(?:useTestDatabase|createTestDatabase)\(/;

it("runs at least one file of every folder that keeps rows on both databases", () => {
  const integration = readSourceFiles((path) => /^lib\/.*\.integration\.test\.ts$/.test(path));
  const folders = new Set(
    integration.filter(({ text }) => USES_A_DATABASE.test(text)).map(({ path }) => path.split("/")[1]),
  );
  expect(folders.size).toBeGreaterThan(5);
  const covered = new Set(readEngineFiles().map((path) => path.split("/")[1]));
  expect([...folders].filter((folder) => !covered.has(folder))).toEqual([]);
});

it("chooses no file that would not notice which database it runs on", () => {
  const chosen = new Set(readEngineFiles());
  const texts = readSourceFiles((path) => chosen.has(path));
  expect(texts.filter(({ text }) => !USES_A_DATABASE.test(text) && !text.includes("testDatabaseUrl"))).toEqual([]);
});
