import "server-only";

import { BackupError } from "@/lib/backup/backup-error";
import { findKey, type KeyName, keyPath, readOrMakeKey } from "@/lib/env/keys/key-store";
import { pathExists } from "@/lib/env/path-exists";
import type { Environment } from "@/lib/env/read-environment";
import { readVariables } from "@/lib/env/read-variables";
import type { ProductKeys } from "./seal-keys";

const KEY_NAMES = ["MASTER_KEY", "AUTH_SECRET", "TOKEN_SIGNING_KEYS"] as const satisfies readonly KeyName[];

/**
 * Reads the keys that a server would use: what the environment gives wins over the data directory. Throws `BackupError` when
 * one is missing; none is made.
 */
export async function collectKeys(environment: Environment, dataDirectory: string): Promise<ProductKeys> {
  const { variables } = readVariables(environment);
  const found = await Promise.all(
    KEY_NAMES.map(async (name) => [name, variables[name] ?? (await findKey(dataDirectory, name))] as const),
  );
  const missing = found.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) {
    const where = missing.map((name) => `${name} is neither set nor in ${keyPath(dataDirectory, name)}`);
    throw new BackupError(`There is no key to back up: ${where.join("; ")}.`);
  }
  return Object.fromEntries(found) as ProductKeys;
}

/** Throws `BackupError` when the data directory holds other keys than these: they are never replaced. */
export async function refuseOtherKeys(dataDirectory: string, keys: ProductKeys): Promise<void> {
  for (const name of KEY_NAMES) {
    const kept = await findKey(dataDirectory, name);
    if (kept === undefined || kept === keys[name].trim()) continue;
    throw new BackupError(
      `${keyPath(dataDirectory, name)} holds another key than the backup, which would be lost. Move the folder of the keys away, or restore into another DATA_DIR.`,
    );
  }
}

/** Puts the keys where the product finds them, file 0600 in a folder 0700. What is there already stays. */
export async function installKeys(dataDirectory: string, keys: ProductKeys): Promise<void> {
  for (const name of KEY_NAMES) await readOrMakeKey(dataDirectory, name, keys[name]);
}

/** The lines of an environment that make a server use the keys of a data directory. */
export async function keyFileSettings(dataDirectory: string): Promise<string[]> {
  const lines = await Promise.all(
    KEY_NAMES.map(async (name) => {
      const path = keyPath(dataDirectory, name);
      return (await pathExists(path)) ? [`${name}_FILE=${path}`] : [];
    }),
  );
  return lines.flat();
}
