import "server-only";

import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createFileOnce } from "@/lib/env/create-file-once";
import { pathExists } from "@/lib/env/path-exists";
import { stripByteOrderMark } from "@/lib/env/strip-byte-order-mark";
import { generateSigningKey } from "@/lib/oauth/jose/signing-key";

/** The keys that the product makes for itself, each a file that holds what the variable would. */
const KEY_FILES = {
  MASTER_KEY: { file: "master-key", make: () => `1:${randomBytes(32).toString("base64url")}` },
  AUTH_SECRET: { file: "auth-secret", make: () => randomBytes(32).toString("base64url") },
  TOKEN_SIGNING_KEYS: {
    file: "token-signing-keys.json",
    make: async () => JSON.stringify({ keys: [await generateSigningKey()] }),
  },
} as const;

export type KeyName = keyof typeof KEY_FILES;

/**
 * Returns the text of a key kept in `dataDirectory`, made on first use: file 0600 in a folder 0700, written whole or
 * not at all. Of two processes that make it at the same time, one wins and both return the same key. `given` is stored
 * instead of a new one.
 */
export async function readOrMakeKey(dataDirectory: string, name: KeyName, given?: string): Promise<string> {
  const folder = keyFolder(dataDirectory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const path = keyPath(dataDirectory, name);
  if (!(await pathExists(path))) await createFileOnce(path, `${given?.trim() ?? (await KEY_FILES[name].make())}\n`);
  await chmod(path, 0o600);
  return readKey(path);
}

/** Returns the text of a key kept in `dataDirectory`; undefined when there is none yet. */
export async function findKey(dataDirectory: string, name: KeyName): Promise<string | undefined> {
  const path = keyPath(dataDirectory, name);
  return (await pathExists(path)) ? readKey(path) : undefined;
}

async function readKey(path: string): Promise<string> {
  return stripByteOrderMark(await readFile(path, "utf8")).trim();
}

/** Tells whether the data directory holds this key already. */
export function hasKey(dataDirectory: string, name: KeyName): Promise<boolean> {
  return pathExists(keyPath(dataDirectory, name));
}

/** Where the key is kept, for messages to the operator. */
export function keyPath(dataDirectory: string, name: KeyName): string {
  return join(keyFolder(dataDirectory), KEY_FILES[name].file);
}

function keyFolder(dataDirectory: string): string {
  return join(dataDirectory, "keys");
}
