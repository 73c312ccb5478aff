import "server-only";

import { chmod, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hasCode } from "@/lib/errors/has-code";
import { log } from "@/lib/observability/logger";

/** The data directory cannot be used. The message is for the operator. */
export class DataDirectoryError extends Error {
  override readonly name = "DataDirectoryError";
}

/**
 * Makes `directory` with what is missing above it, and looks whether files can be made in it. From then on whatever this
 * process creates is for its own account only. Throws `DataDirectoryError`.
 */
export async function prepareDataDirectory(directory: string): Promise<void> {
  // The embedded database makes its files without a mode of its own.
  process.umask(0o077);
  await orUnusable(directory, async () => {
    await makeFolder(directory);
    const probe = join(directory, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
  });
}

/**
 * Takes away from others what modes give them in `directory`: folders become 0700 and files 0600, as a volume or a
 * version that made them otherwise left them. What belongs to somebody else stays as it is and is told of in the log.
 */
export async function closeDataDirectory(directory: string): Promise<void> {
  const open = (await closeFolder(directory)).slice(0, 3);
  if (open.length === 0) return;
  log.warn(
    { event: "data_directory_open", detail: open.join(", ") },
    "others on this machine can read the data directory",
  );
}

/** Runs `work` on `directory`; what the file system refuses is thrown as `DataDirectoryError`. */
export async function orUnusable<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new DataDirectoryError(
      `DATA_DIR: ${directory} cannot be used as the data directory (${code}). Name a folder that this process may write to.`,
      { cause: error },
    );
  }
}

/** Like `mkdir` with `recursive`, which never comes back where the kernel makes the folders, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (hasCode(error, "EEXIST") && (await stat(path)).isDirectory()) return;
    if (!hasCode(error, "ENOENT") || dirname(path) === path || (await isThere(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Returns the paths that stay open to others. Links are not followed: what they lead to is not ours to change. */
async function closeFolder(folder: string): Promise<string[]> {
  const left = await closePath(folder, 0o700);
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) left.push(...(await closeFolder(path)));
    else if (entry.isFile()) left.push(...(await closePath(path, 0o600)));
  }
  return left;
}

async function closePath(path: string, mode: number): Promise<string[]> {
  try {
    if (((await stat(path)).mode & 0o777) !== mode) await chmod(path, mode);
    // Some file systems take the new mode and keep the old one.
    return ((await stat(path)).mode & 0o077) === 0 ? [] : [path];
  } catch (error) {
    // Removed meanwhile; or another account's, as the root of a volume may be.
    return hasCode(error, "ENOENT") ? [] : [path];
  }
}
