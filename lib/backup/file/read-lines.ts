import "server-only";

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { BackupError } from "@/lib/backup/backup-error";
import { hasCode } from "@/lib/errors/has-code";
import { LINE_CHARACTERS_MAX } from "./backup-format";
import { describeFileFailure } from "./describe-file-failure";

export type LineReader = {
  /** Returns the next line without its end; throws `BackupError` when there is none, or the file is no good. */
  next(): Promise<string>;
  /** The SHA-256 digest of the lines that `next` has returned. */
  digest(): string;
  /** Throws `BackupError` when anything follows. */
  end(): Promise<void>;
  close(): void;
};

/** Reads the lines of a gzip file, some at a time. */
export function readLines(path: string): LineReader {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  const chunks = file.pipe(gunzip)[Symbol.asyncIterator]();
  const decoder = new StringDecoder("utf8");
  const hash = createHash("sha256");
  let lines: string[] = [];
  let position = 0;
  let rest = "";

  /** Reads until there is a line; false at the end of the file. */
  async function fill(): Promise<boolean> {
    while (position >= lines.length) {
      const { done, value } = await chunks.next().catch((error: unknown) => {
        throw describeReadFailure(error, path);
      });
      if (done === true) return false;
      const text = decoder.write(value as Buffer);
      // A line of many pieces is put together once, when it ends.
      lines = text.includes("\n") ? (rest + text).split("\n") : [];
      rest = text.includes("\n") ? (lines.pop() ?? "") : rest + text;
      position = 0;
      if (rest.length > LINE_CHARACTERS_MAX) throw new BackupError(`${path} is no backup of Vestibule.`);
    }
    return true;
  }

  return {
    async next() {
      if (!(await fill())) throw new BackupError(`${path} ends too early: it is not whole.`);
      const line = lines[position] ?? "";
      position += 1;
      hash.update(line).update("\n");
      return line;
    },
    digest: () => hash.copy().digest("hex"),
    async end() {
      const hasMore = (await fill()) || rest !== "" || gunzip.bytesWritten !== file.bytesRead;
      if (hasMore) throw new BackupError(`${path} was altered: something follows its end.`);
    },
    close() {
      file.destroy();
      gunzip.destroy();
    },
  };
}

function describeReadFailure(error: unknown, path: string): unknown {
  if (hasCode(error, "Z_BUF_ERROR")) return new BackupError(`${path} ends too early: it is not whole.`);
  const isDamaged = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
  if (isDamaged) return new BackupError(`${path} is no backup of Vestibule, or it is damaged.`);
  return describeFileFailure(error, path);
}
