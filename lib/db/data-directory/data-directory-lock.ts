import "server-only";

import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createFileOnce } from "@/lib/env/create-file-once";
import { hasCode } from "@/lib/errors/has-code";
import { closeDataDirectory, orUnusable, prepareDataDirectory } from "./prepare-data-directory";
import { judgeProcess, ownIdentity, type ProcessIdentity } from "./process-identity";

export type DataDirectoryLock = {
  /** Gives the directory back. Call it after everything in it is closed. */
  release(): Promise<void>;
};

/** Somebody else uses the data directory. The message is for the operator. */
export class DataDirectoryBusyError extends Error {
  override readonly name = "DataDirectoryBusyError";
}

type Owner = ProcessIdentity & { released?: true };

const BEAT_MS = 2_000;
/** Longer than an event loop is ever busy, the creation of the embedded database included. */
const SILENCE_MS = 20_000;

/**
 * Takes `directory` for this process: the embedded database is destroyed when two processes open it.
 *
 * The lock is a series of files `lock.1`, `lock.2` …; the highest one names the owner. To take over from an owner that
 * is gone means to create the next number, which exactly one process does. The highest file is never deleted, so nobody
 * who looked a moment ago can create a number twice. With the lock held, modes are put right (`closeDataDirectory`).
 *
 * Throws `DataDirectoryError` for a directory that cannot be used, and `DataDirectoryBusyError` while the owner runs.
 * Whether an owner in another container runs cannot be asked; it counts as gone after 20 s without a sign of life.
 * `onLost` is called if another process took the lock all the same.
 */
export async function lockDataDirectory(
  directory: string,
  options: { onLost: () => void; silenceMs?: number },
): Promise<DataDirectoryLock> {
  await prepareDataDirectory(directory);
  return orUnusable(directory, async () => {
    const lock = await takeNext(directory, options);
    await closeDataDirectory(directory);
    return lock;
  });
}

async function takeNext(
  directory: string,
  options: { onLost: () => void; silenceMs?: number },
): Promise<DataDirectoryLock> {
  for (;;) {
    const highest = await findHighest(directory);
    if (highest > 0) await requireGone(directory, highest, options.silenceMs ?? SILENCE_MS);
    const path = lockPath(directory, highest + 1);
    if (!(await createFileOnce(path, JSON.stringify(ownIdentity())))) continue;
    if ((await findHighest(directory)) !== highest + 1) {
      // The owner of a higher number cleaned up this one between the two looks.
      await rm(path, { force: true });
      continue;
    }
    await removeLower(directory, highest + 1);
    return holdLock(path, options.onLost);
  }
}

function holdLock(path: string, onLost: () => void): DataDirectoryLock {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {
      clearInterval(beat);
      onLost();
    });
  }, BEAT_MS);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      await replace(path, { ...ownIdentity(), released: true });
    },
  };
}

async function requireGone(directory: string, generation: number, silenceMs: number): Promise<void> {
  const path = lockPath(directory, generation);
  const owner = await readOwner(path);
  if (owner === "vanished" || owner?.released) return;
  const judgement = owner === undefined ? "unknown" : judgeProcess(owner);
  if (judgement === "gone" || (judgement === "unknown" && (await staysSilent(path, silenceMs)))) return;
  const who = owner === undefined ? "Another process" : `Another Vestibule (process ${owner.pid})`;
  throw new DataDirectoryBusyError(
    `${who} is using ${directory}. Stop it first, or give this one a DATA_DIR of its own.`,
  );
}

/** Waits until `path` has not been touched for `silenceMs`; false as soon as it is. */
async function staysSilent(path: string, silenceMs: number): Promise<boolean> {
  const first = await readTouched(path);
  for (;;) {
    const touched = await readTouched(path);
    if (touched === undefined || first === undefined) return true;
    if (touched !== first) return false;
    const rest = touched + silenceMs - Date.now();
    if (rest <= 0) return true;
    await wait(Math.min(rest, 500));
  }
}

async function readTouched(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs;
}

/** Undefined: the file says nothing sensible, as after a power failure. */
async function readOwner(path: string): Promise<Owner | undefined | "vanished"> {
  try {
    const owner: unknown = JSON.parse(await readFile(path, "utf8"));
    return isOwner(owner) ? owner : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    // Somebody with a higher number cleaned up: the next look will show them.
    if (hasCode(error, "ENOENT")) return "vanished";
    throw error;
  }
}

function isOwner(value: unknown): value is Owner {
  return typeof value === "object" && value !== null && "pid" in value && "space" in value;
}

async function findHighest(directory: string): Promise<number> {
  return Math.max(0, ...(await listGenerations(directory)));
}

async function removeLower(directory: string, generation: number): Promise<void> {
  const lower = (await listGenerations(directory)).filter((number) => number < generation);
  await Promise.all(lower.map((number) => rm(lockPath(directory, number), { force: true })));
}

async function listGenerations(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names.flatMap((name) => /^lock\.(\d+)$/.exec(name)?.slice(1).map(Number) ?? []);
}

function lockPath(directory: string, generation: number): string {
  return join(directory, `lock.${generation}`);
}

async function replace(path: string, owner: Owner): Promise<void> {
  await rename(await writeDraft(path, owner), path);
}

async function writeDraft(path: string, owner: Owner): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600, flag: "wx" });
  return draft;
}
