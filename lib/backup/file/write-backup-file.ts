import "server-only";

import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { BackupError } from "@/lib/backup/backup-error";
import { createRowSum } from "@/lib/backup/snapshot/row-sum";
import type { Snapshot, TableSum } from "@/lib/backup/snapshot/snapshot.types";
import { pathExists } from "@/lib/env/path-exists";
import { hasCode } from "@/lib/errors/has-code";
import { BACKUP_FORMAT, type BackupHeader, type SealedKeys } from "./backup-format";
import { describeFileFailure } from "./describe-file-failure";

export type BackupContent = {
  snapshot: Snapshot;
  about: Pick<BackupHeader, "product" | "database"> & { createdAt: Date };
  keys: SealedKeys | undefined;
  /** Told of each table when it is written. */
  onTable?: (name: string, sum: TableSum) => void;
};

/**
 * Writes a backup to `path`, mode 0600, as it is read: memory holds some rows at a time. The file appears whole and stored, or
 * not at all; what a process that was killed leaves is called `PATH.….part`. Throws `BackupError` when `path` is there already
 * or cannot be written.
 */
export async function writeBackupFile(path: string, content: BackupContent): Promise<void> {
  if (await pathExists(path)) throw new BackupError(`${path} is there already. Name a new file.`);
  const draft = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await pipeline(Readable.from(linesOf(content)), createGzip({ level: 4 }), (bytes) => writeAll(file, bytes));
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(draft, path);
  } catch (error) {
    throw describeFileFailure(error, path);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function writeAll(file: FileHandle, bytes: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of bytes) await file.writeFile(chunk);
}

/** Gives the file its name, unless another one has got it meanwhile. */
async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (hasCode(error, "EEXIST")) throw new BackupError(`${path} is there already. Name a new file.`);
    // Not every file system has hard links.
    await rename(draft, path);
  }
  const folder = await open(dirname(path), "r");
  await folder.sync().finally(() => folder.close());
}

async function* linesOf({ snapshot, about, keys, onTable }: BackupContent): AsyncIterable<string> {
  const hash = createHash("sha256");
  const toText = (...lines: readonly string[]) => {
    const text = `${lines.join("\n")}\n`;
    hash.update(text);
    return text;
  };
  const { migrations, tables, activityPartitions } = snapshot;
  const header: BackupHeader = {
    vestibule: "backup",
    format: BACKUP_FORMAT,
    ...about,
    createdAt: about.createdAt.toISOString(),
    migrations: [...migrations],
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
    activityPartitions: [...activityPartitions],
    hasKeys: keys !== undefined,
  };
  yield toText(JSON.stringify(header));
  for (const table of tables) {
    yield toText(JSON.stringify({ table: table.name }));
    const sum = createRowSum();
    for await (const lines of snapshot.readTable(table)) {
      sum.add(lines);
      yield toText(...lines);
    }
    yield toText(JSON.stringify({ end: table.name, ...sum.total() }));
    onTable?.(table.name, sum.total());
  }
  if (keys !== undefined) yield toText(JSON.stringify({ keys }));
  yield `${JSON.stringify({ whole: true, sha256: hash.digest("hex") })}\n`;
}
