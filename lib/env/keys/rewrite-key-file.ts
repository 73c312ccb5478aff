import "server-only";

import { randomBytes } from "node:crypto";
import { open, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "@/lib/errors/has-code";

/** Two runs at once: the second would undo what the first did. */
export class KeyFileBusyError extends Error {
  override readonly name = "KeyFileBusyError";

  constructor(lockPath: string) {
    super(`Somebody else is changing this file. If that cannot be, remove ${lockPath} and try again.`);
  }
}

/**
 * Runs `change` while nobody else can change the file at `path` through this function. Throws `KeyFileBusyError` at
 * once instead of waiting: two people who rotate keys at the same time should talk to each other.
 */
export async function withKeyFileLock<Result>(path: string, change: () => Promise<Result>): Promise<Result> {
  const lockPath = `${path}.lock`;
  try {
    await (await open(lockPath, "wx", 0o600)).close();
  } catch (error) {
    throw hasCode(error, "EEXIST") ? new KeyFileBusyError(lockPath) : error;
  }
  try {
    return await change();
  } finally {
    await unlink(lockPath);
  }
}

/**
 * Replaces `path` by a file 0600 with all of `content`: a reader sees the old one or the new one, whole, and so does a
 * machine that loses its power. The owner stays the same when somebody else, such as root, does it.
 */
export async function replaceKeyFile(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    const owner = await ownerOf(path);
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      if (owner !== undefined && owner.uid !== process.getuid?.()) await file.chown(owner.uid, owner.gid);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  }
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** The new name is in the folder, and folders are written back later than files. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
