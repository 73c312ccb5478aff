import "server-only";

import { readFileSync } from "node:fs";
import type { EnvironmentProblem } from "./environment-error";
import type { Environment } from "./read-environment";
import { stripByteOrderMark } from "./strip-byte-order-mark";
import { VARIABLE_NAMES, type VariableName } from "./variables";

export type Variables = Partial<Record<VariableName, string>>;

/** A file that holds one setting; whatever is larger is the wrong file. */
const FILE_CHARACTERS_MAX = 64 * 1024;

/**
 * Returns the variables that are set, directly or through the file that `NAME_FILE` names (without its final line break
 * and a byte order mark), and what is wrong with the others. An empty value counts as unset, because that is how
 * compose files unset.
 */
export function readVariables(environment: Environment): { variables: Variables; problems: EnvironmentProblem[] } {
  const variables: Variables = {};
  const problems: EnvironmentProblem[] = [];
  for (const name of VARIABLE_NAMES) {
    const direct = environment[name] || undefined;
    const path = environment[`${name}_FILE`] || undefined;
    if (direct !== undefined && path !== undefined) {
      problems.push({ name, reason: `set either ${name} or ${name}_FILE, not both` });
      continue;
    }
    const read = path === undefined ? { value: direct } : readSettingFile(path);
    if ("reason" in read) problems.push({ name: `${name}_FILE`, reason: read.reason });
    else if (read.value !== undefined) variables[name] = read.value;
  }
  return { variables, problems };
}

function readSettingFile(path: string): { value: string | undefined } | { reason: string } {
  try {
    const text = stripByteOrderMark(readFileSync(path, "utf8"));
    if (text.length > FILE_CHARACTERS_MAX) return { reason: "names a file that is too large to hold one setting" };
    return { value: text.replace(/\r?\n$/, "") || undefined };
  } catch (error) {
    return { reason: `names a file that cannot be read (${readErrorCode(error)})` };
  }
}

function readErrorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
