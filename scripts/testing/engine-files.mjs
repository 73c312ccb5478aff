// Which integration tests run on each database whenever there are two.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.mjs";

/** The line with which a file asks for both databases. What follows the colon says what it is there for. */
const MARK = /^\/\/ Runs on both databases: \S.*$/m;

/**
 * The product asks both databases the same questions, so most answers are shown once; these files are about what an engine
 * decides itself: constraints, locks, races, order.
 */
export function readEngineFiles() {
  return ["app", "lib", "scripts"]
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".integration.test.ts") && MARK.test(readFileSync(join(root, path), "utf8")))
    .sort();
}
