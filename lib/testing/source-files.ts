import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A source file: its path from the project's root, with `/`, and its text. */
export type SourceFile = { path: string; text: string };

/**
 * Reads every TypeScript file and script below `root` that .gitignore does not name and whose path is `wanted`, in
 * order of paths. It reads the folders and does not ask git: a source archive has no `.git`, and a small machine has no
 * git.
 */
export function readSourceFiles(wanted: (path: string) => boolean = () => true, root = "."): SourceFile[] {
  const isIgnored = ignoreRules(readFileSync(join(root, ".gitignore"), "utf8"));
  const paths: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}${entry.name}`;
      if (entry.name === ".git" || isIgnored(path)) continue;
      if (entry.isDirectory()) folders.push(`${path}/`);
      else if (/\.(?:tsx?|mjs)$/.test(path) && wanted(path)) paths.push(path);
    }
  }
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Understands what our .gitignore says: names anywhere, paths from the root, and a star at the beginning of a name. */
function ignoreRules(gitignore: string): (path: string) => boolean {
  const lines = gitignore.split("\n").map((line) => line.trim().replace(/\/$/, ""));
  const rules = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const unknown = rules.filter((rule) => !/^\*?[\w./-]+$/.test(rule));
  if (unknown.length > 0) throw new Error(`.gitignore says what is not understood here: ${unknown.join(", ")}`);
  return (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return rules.some((rule) =>
      rule.startsWith("*") ? name.endsWith(rule.slice(1)) : rule === (rule.includes("/") ? path : name),
    );
  };
}
