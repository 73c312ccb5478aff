import "server-only";

import { z } from "zod";

/**
 * A backup is a gzip file of lines in UTF-8. The first is the header. Then come, in the order of the header, the tables: a line
 * that names one, its rows, each a JSON array of texts, and a line with their count and digest. The keys may follow, sealed.
 * The last line says that the file is whole, with the SHA-256 digest of every line before it.
 */
export const BACKUP_FORMAT = 1;

/** The longest line that is read: no row comes near it, and what is no backup must not fill the memory. */
export const LINE_CHARACTERS_MAX = 64 * 1024 * 1024;

const name = z.string().regex(/^\w{1,63}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const anyHeaderSchema = z.object({ vestibule: z.literal("backup"), format: z.int() });

export const headerSchema = z.object({
  vestibule: z.literal("backup"),
  format: z.literal(BACKUP_FORMAT),
  /** The version of the product that made it. */
  product: z.string().max(64),
  createdAt: z.iso.datetime(),
  database: z.enum(["embedded", "postgresql"]),
  migrations: z.array(name).min(1),
  tables: z.array(z.object({ name, columns: z.array(name).min(1) })).min(1),
  activityPartitions: z.array(z.object({ name, isIndexed: z.boolean() })),
  hasKeys: z.boolean(),
});

export const tableBeginSchema = z.object({ table: name });
export const tableEndSchema = z.object({ end: name, rows: z.int().min(0), digest });

/** AES-256-GCM under a key that scrypt makes of the passphrase (RFC 7914). Bytes are base64url. */
const sealedKeysSchema = z.object({
  kdf: z.literal("scrypt"),
  n: z.literal(131_072),
  r: z.literal(8),
  p: z.literal(1),
  salt: z.base64url().length(43),
  cipher: z.literal("aes-256-gcm"),
  iv: z.base64url().length(16),
  tag: z.base64url().length(22),
  sealed: z.base64url().max(1024 * 1024),
});
export const keysSchema = z.object({ keys: sealedKeysSchema });

export const lastLineSchema = z.object({ whole: z.literal(true), sha256: digest });

export type BackupHeader = z.infer<typeof headerSchema>;
export type SealedKeys = z.infer<typeof sealedKeysSchema>;
