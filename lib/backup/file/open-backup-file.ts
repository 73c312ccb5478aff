import "server-only";

import type { z } from "zod";
import { BackupError } from "@/lib/backup/backup-error";
import { createRowSum, isSameSum } from "@/lib/backup/snapshot/row-sum";
import type { Snapshot, TableShape, TableSum } from "@/lib/backup/snapshot/snapshot.types";
import {
  anyHeaderSchema,
  BACKUP_FORMAT,
  type BackupHeader,
  headerSchema,
  keysSchema,
  lastLineSchema,
  type SealedKeys,
  tableBeginSchema,
  tableEndSchema,
} from "./backup-format";
import { type LineReader, readLines } from "./read-lines";

const LINES_PER_BATCH = 1000;

export type BackupFile = {
  header: BackupHeader;
  /** Each table throws `BackupError` at its end when its rows are not those that were written. */
  snapshot: Snapshot;
  /** Reads what follows the tables, to the end of the file; throws `BackupError` unless it is whole. */
  finish(): Promise<SealedKeys | undefined>;
  close(): void;
};

export type BackupSummary = {
  header: BackupHeader;
  tables: ReadonlyMap<string, TableSum>;
  keys: SealedKeys | undefined;
};

/** Opens a backup for reading it once, from its beginning to its end. Throws `BackupError` for what is none. */
export async function openBackupFile(path: string): Promise<BackupFile> {
  const lines = readLines(path);
  try {
    const header = parseHeader(await lines.next(), path);
    const { migrations, tables, activityPartitions } = header;
    return {
      header,
      snapshot: {
        migrations,
        tables,
        activityPartitions,
        readTable: (table) => readTable(lines, table, path),
      },
      finish: () => readEnd(lines, header, path),
      close: lines.close,
    };
  } catch (error) {
    lines.close();
    throw error;
  }
}

/** Reads a backup to its end and says what is in it. Throws `BackupError` unless every line is as it was written. */
export async function checkBackupFile(path: string): Promise<BackupSummary> {
  const { header, snapshot, finish, close } = await openBackupFile(path);
  try {
    const tables = new Map<string, TableSum>();
    for (const table of snapshot.tables) {
      const sum = createRowSum();
      for await (const lines of snapshot.readTable(table)) sum.add(lines);
      tables.set(table.name, sum.total());
    }
    return { header, tables, keys: await finish() };
  } finally {
    close();
  }
}

async function* readTable(lines: LineReader, { name }: TableShape, path: string): AsyncIterable<string[]> {
  const { table } = parseLine(tableBeginSchema, await lines.next(), path);
  if (table !== name) throw damaged(path);
  const sum = createRowSum();
  for (;;) {
    const { rows, last } = await readRows(lines);
    sum.add(rows);
    if (rows.length > 0) yield rows;
    if (last === undefined) continue;
    const { end, ...expected } = parseLine(tableEndSchema, last, path);
    if (end !== name || !isSameSum(expected, sum.total())) throw damaged(path);
    return;
  }
}

/** Some rows, and the line that ended them if it has come. */
async function readRows(lines: LineReader): Promise<{ rows: string[]; last: string | undefined }> {
  const rows: string[] = [];
  while (rows.length < LINES_PER_BATCH) {
    const line = await lines.next();
    if (!line.startsWith("[")) return { rows, last: line };
    rows.push(line);
  }
  return { rows, last: undefined };
}

async function readEnd(lines: LineReader, { hasKeys }: BackupHeader, path: string): Promise<SealedKeys | undefined> {
  const keys = hasKeys ? parseLine(keysSchema, await lines.next(), path).keys : undefined;
  const expected = lines.digest();
  const { sha256 } = parseLine(lastLineSchema, await lines.next(), path);
  if (sha256 !== expected) throw damaged(path);
  await lines.end();
  return keys;
}

function parseHeader(line: string, path: string): BackupHeader {
  const any = anyHeaderSchema.safeParse(parseJson(line));
  if (!any.success) throw new BackupError(`${path} is no backup of Vestibule.`);
  if (any.data.format > BACKUP_FORMAT) {
    throw new BackupError(`${path} was made by a newer version of Vestibule. Restore it with that version.`);
  }
  return parseLine(headerSchema, line, path);
}

function parseLine<Line>(schema: z.ZodType<Line>, line: string, path: string): Line {
  const parsed = schema.safeParse(parseJson(line));
  if (!parsed.success) throw damaged(path);
  return parsed.data;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function damaged(path: string): BackupError {
  return new BackupError(`${path} is damaged: what is in it is not what was written.`);
}
