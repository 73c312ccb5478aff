import "server-only";

import { BackupError } from "@/lib/backup/backup-error";

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: "is not permitted to this account",
  EPERM: "is not permitted to this account",
  EROFS: "is on a file system that can only be read",
  EISDIR: "is a folder: name a file",
  ENOENT: "is not there, or its folder is not",
  ENOTDIR: "is below something that is no folder",
  ENOSPC: "does not fit: the disk is full",
  EDQUOT: "does not fit: the quota of this account is used up",
  EFBIG: "does not fit: this account may not write such large files",
  EIO: "cannot be read or written: the disk reports an error",
};

/** Turns what the file system refuses into a sentence for the operator; anything else stays what it is. */
export function describeFileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return error;
  const code = String(error.code);
  return new BackupError(`${path} ${SENTENCES[code] ?? "cannot be used"} (${code}).`, { cause: error });
}
