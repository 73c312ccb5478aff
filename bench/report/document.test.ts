import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { replaceBlock } from "./document";

const BEGIN = "<!-- npm run bench -- --write: begin -->";
const END = "<!-- npm run bench -- --write: end -->";

describe("the block of a document", () => {
  it("is replaced, and everything around it stays", () => {
    const document = `# A\n\n${BEGIN}\n\nold\n\n${END}\n\nB\n`;
    const replaced = replaceBlock(document, "\nnew\n\n| a |\n");
    expect(replaced).toBe(`# A\n\n${BEGIN}\n\nnew\n\n| a |\n\n${END}\n\nB\n`);
    expect(replaceBlock(replaced, "old")).toBe(document);
  });

  it.each([
    ["without a beginning", `a\n${END}\n`],
    ["without an end", `${BEGIN}\n\na\n`],
    ["with the end first", `a\n${END}\n${BEGIN}\n`],
    ["with two beginnings", `${BEGIN}\n${BEGIN}\n\n${END}\n`],
    ["with two ends", `${BEGIN}\n\n${END}\n${END}\n`],
  ])("is not looked for in a document %s", (_title, document) => {
    expect(() => replaceBlock(document, "new")).toThrow("needs both marker lines");
  });

  it("has a place in docs/performance.md", () => {
    expect(replaceBlock(readFileSync("docs/performance.md", "utf8"), "new")).toContain(`${BEGIN}\n\nnew\n\n${END}`);
  });
});
