import "server-only";

import type { Config } from "@/lib/env/config";
import { EnvironmentError } from "@/lib/env/environment-error";
import { parseDatabaseLocation } from "@/lib/env/parse-environment";
import type { Environment } from "@/lib/env/read-environment";
import { readVariables } from "@/lib/env/read-variables";
import { ValueError } from "@/lib/env/value-parsers";
import { keyPath } from "./key-store";
import { signingKeys } from "./signing-keys";

/** Where the signing keys are: given by the operator, or in a file that belongs to the product. */
export type SigningKeySource = { given: Config["tokenSigningKeys"] } | { file: string };

/**
 * Finds the signing keys as the server would, for tools that need nothing else of the configuration. Keys are not held
 * to the rules of production: a tool that replaces a bad key must be able to read it. Throws `EnvironmentError`.
 */
export async function loadSigningKeys(environment: Environment): Promise<SigningKeySource> {
  const { variables, problems } = readVariables(environment);
  const relevant = problems.filter(({ name }) => name.startsWith("TOKEN_SIGNING_KEYS"));
  if (relevant.length > 0) throw new EnvironmentError(relevant);
  const { databaseUrl, dataDirectory } = parseDatabaseLocation(environment);
  const given = variables.TOKEN_SIGNING_KEYS;
  if (given !== undefined) return { given: await parseGiven(given) };
  if (databaseUrl === undefined) return { file: keyPath(dataDirectory, "TOKEN_SIGNING_KEYS") };
  throw new EnvironmentError([{ name: "TOKEN_SIGNING_KEYS", reason: "is required with DATABASE_URL" }]);
}

async function parseGiven(value: string): Promise<Config["tokenSigningKeys"]> {
  try {
    return await signingKeys("development")(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new EnvironmentError([{ name: "TOKEN_SIGNING_KEYS", reason: error.message }]);
  }
}
