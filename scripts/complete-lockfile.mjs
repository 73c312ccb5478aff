// Lists in package-lock.json the optional packages of other platforms that npm left out. A registry that serves only the
// packages of the machine that asks makes npm forget the others, and `npm ci` then refuses the lockfile everywhere.
import { readFile, writeFile } from "node:fs/promises";
import { missingOptionalPackages } from "./lockfile.mjs";

const path = new URL("../package-lock.json", import.meta.url);
const lockfile = JSON.parse(await readFile(path, "utf8"));
const missing = missingOptionalPackages(lockfile);
const packages = { ...lockfile.packages, ...Object.fromEntries(missing) };
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path, `${JSON.stringify({ ...lockfile, packages: sorted }, null, 2)}\n`);
console.log(`Added ${missing.length} packages to package-lock.json.`);
