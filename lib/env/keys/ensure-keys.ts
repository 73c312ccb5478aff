import "server-only";

import { join } from "node:path";
import type { Config } from "@/lib/env/config";
import { EnvironmentError } from "@/lib/env/environment-error";
import type { Settings } from "@/lib/env/parse-environment";
import { pathExists } from "@/lib/env/path-exists";
import { masterKeys, text, ValueError } from "@/lib/env/value-parsers";
import { hasKey, type KeyName, keyPath, readOrMakeKey } from "./key-store";
import { signingKeys } from "./signing-keys";

/** The folder of the embedded database inside the data directory. */
export const DATABASE_FOLDER = "postgres";

/**
 * Completes the settings with the keys of the data directory, making those that are missing. What the environment gives
 * wins. Call it with the data directory's lock held and before the database is first opened.
 *
 * Throws `EnvironmentError` for a key file that was damaged, and when a database is there without the master key that
 * its secrets were made with: a new key would silently refuse every application.
 */
export async function ensureKeys(settings: Settings): Promise<Config> {
  const { dataDirectory } = settings;
  await requireMasterKeyOfDatabase(settings);
  return {
    ...settings,
    masterKeys: settings.masterKeys ?? (await readKey(dataDirectory, "MASTER_KEY", masterKeys)),
    authSecret: settings.authSecret ?? (await readKey(dataDirectory, "AUTH_SECRET", text("is too short", { min: 32 }))),
    ...(await completeSigningKeys(settings)),
  };
}

async function requireMasterKeyOfDatabase({ masterKeys: given, dataDirectory }: Settings): Promise<void> {
  if (given !== undefined || (await hasKey(dataDirectory, "MASTER_KEY"))) return;
  if (!(await pathExists(join(dataDirectory, DATABASE_FOLDER)))) return;
  const reason = `is missing: ${dataDirectory} holds a database whose client secrets need the key they were made with. Set it, or restore ${keyPath(dataDirectory, "MASTER_KEY")}`;
  throw new EnvironmentError([{ name: "MASTER_KEY", reason }]);
}

async function completeSigningKeys(
  settings: Settings,
): Promise<Pick<Config, "tokenSigningKeys" | "tokenSigningKeysFile">> {
  const { tokenSigningKeys: given, tokenSigningKeysFile, dataDirectory, environment } = settings;
  if (given !== undefined) return { tokenSigningKeys: given, tokenSigningKeysFile };
  return {
    tokenSigningKeys: await readKey(dataDirectory, "TOKEN_SIGNING_KEYS", signingKeys(environment)),
    tokenSigningKeysFile: keyPath(dataDirectory, "TOKEN_SIGNING_KEYS"),
  };
}

async function readKey<Value>(
  dataDirectory: string,
  name: KeyName,
  parse: (value: string) => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await parse(await readOrMakeKey(dataDirectory, name));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new EnvironmentError([{ name: keyPath(dataDirectory, name), reason: error.message }]);
  }
}
