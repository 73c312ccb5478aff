import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import type { CallFrame } from "./group-profile";

/** Makes a function that tells in which source file a frame of a bundle stands, by the source map beside the bundle. */
export function createSourceLocator(): (frame: CallFrame) => string {
  const maps = new Map<string, SourceMap | undefined>();
  return ({ url, lineNumber, columnNumber }) => {
    const path = url.startsWith("file:") ? fileURLToPath(url) : url;
    // What a package was made from is its own affair.
    if (path.includes("/node_modules/")) return path;
    if (!maps.has(path)) maps.set(path, readMap(`${path}.map`));
    const entry = maps.get(path)?.findEntry(lineNumber, columnNumber) ?? {};
    // What the bundler has added stands in no source.
    return "originalSource" in entry && typeof entry.originalSource === "string" ? entry.originalSource : path;
  };
}

function readMap(path: string): SourceMap | undefined {
  return existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}
