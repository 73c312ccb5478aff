import "server-only";

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { hasCode } from "@/lib/errors/has-code";
import { stripByteOrderMark } from "./strip-byte-order-mark";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the environment of this process over the `.env` file of `projectFolder`, if there is one and a folder is
 * given. A variable that the process has wins, unless it is empty. The file's values stay out of `process.env`, so that
 * child processes and libraries do not see them.
 */
export function readEnvironment(
  projectFolder: string | undefined,
  environment: Environment = process.env,
): Environment {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== "");
  return {
    ...(projectFolder === undefined ? {} : readDotEnv(join(projectFolder, ".env"))),
    ...Object.fromEntries(given),
  };
}

function readDotEnv(path: string): Environment {
  try {
    return parseEnv(stripByteOrderMark(readFileSync(path, "utf8")));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return {};
    throw error;
  }
}
