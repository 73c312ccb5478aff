import "server-only";

import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { pathExists } from "@/lib/env/path-exists";
import { hasCode } from "@/lib/errors/has-code";
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
 * not at all. Of two processes that make it at the same time, one wins and both return the same key.
 */
export async function readOrMakeKey(dataDirectory: string, name: KeyName): Promise<string> {
  const folder = keyFolder(dataDirectory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const path = keyPath(dataDirectory, name);
  if (!(await pathExists(path))) await writeOnce(path, `${await KEY_FILES[name].make()}\n`);
  await chmod(path, 0o600);
  return (await readFile(path, "utf8")).trim();
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

/**
 * Creates `path` with all of `content`, or leaves the file that is there: a hard link appears at once and never
 * replaces.
 */
async function writeOnce(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
}
