import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

const MANIFEST = /^(.*)\/page_client-reference-manifest\.js$/;

type ClientManifest = { entryJSFiles?: Record<string, string[]> };

/**
 * Adds up, for each page of a build, the compressed bytes of the scripts that its first visit loads: those of every page,
 * and those of its own parts, its layouts and its boundaries. By the folder of the page below `app`.
 */
export function readScriptBytes(build: string): Map<string, number> {
  const { rootMainFiles } = JSON.parse(readFileSync(join(build, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const sizes = new Map<string, number>();
  const sizeOf = (file: string) => {
    const size = sizes.get(file) ?? gzipSync(readFileSync(join(build, file))).length;
    sizes.set(file, size);
    return size;
  };
  const app = join(build, "server/app");
  const pages = new Map<string, number>();
  for (const path of readdirSync(app, { recursive: true, encoding: "utf8" })) {
    const [, folder] = MANIFEST.exec(path.replaceAll("\\", "/")) ?? [];
    if (folder === undefined) continue;
    const files = new Set([...rootMainFiles, ...readManifest(join(app, path)).flatMap(filesOf)]);
    pages.set(
      folder,
      [...files].reduce((sum, file) => sum + sizeOf(file), 0),
    );
  }
  return pages;
}

/** It is a script that puts what it says on the global object. */
function readManifest(path: string): ClientManifest[] {
  const sandbox: { __RSC_MANIFEST?: Record<string, ClientManifest> } = {};
  runInNewContext(readFileSync(path, "utf8"), { globalThis: sandbox });
  return Object.values(sandbox.__RSC_MANIFEST ?? {});
}

function filesOf({ entryJSFiles = {} }: ClientManifest): string[] {
  return Object.values(entryJSFiles).flat();
}
