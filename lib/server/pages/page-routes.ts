import "server-only";

import { readFile } from "node:fs/promises";
import { join } from "node:path";

type Route = { page: string; regex: string };

/**
 * Returns what tells the pattern of a page from its path, such as `/applications/[id]`: "static" for the files of the
 * build, "unknown" where no page is. Read from the manifest of the build in `projectFolder`.
 */
export async function readPageRoutes(projectFolder: string): Promise<(pathname: string) => string> {
  const manifest = JSON.parse(await readFile(join(projectFolder, ".next", "routes-manifest.json"), "utf8")) as {
    staticRoutes: readonly Route[];
    dynamicRoutes: readonly Route[];
    rewrites: { afterFiles: readonly { regex: string; destination: string }[] };
  };
  const known = new Map(manifest.staticRoutes.map(({ page }) => [page, page]));
  const patterns: readonly (readonly [RegExp, string])[] = [
    // The short address of a room. Next looks at these after the pages without a name in brackets.
    ...manifest.rewrites.afterFiles.map(
      ({ regex, destination }) => [new RegExp(regex), destination.replaceAll(/:(\w+)/g, "[$1]")] as const,
    ),
    // The page that says that there is none stands for all addresses.
    ...manifest.dynamicRoutes
      .filter(({ page }) => !page.startsWith("/[..."))
      .map(({ regex, page }) => [new RegExp(regex), page] as const),
  ];
  return (pathname) => {
    if (pathname.startsWith("/_next/")) return "static";
    const path = pathname.length > 1 ? pathname.replace(/\/$/, "") : pathname;
    return known.get(path) ?? patterns.find(([pattern]) => pattern.test(path))?.[1] ?? "unknown";
  };
}
