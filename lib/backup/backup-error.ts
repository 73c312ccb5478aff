import "server-only";

/** A backup, a restore or a move that cannot be done. The message is for the operator, and nothing was changed. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}
