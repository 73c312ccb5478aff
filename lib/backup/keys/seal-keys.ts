import "server-only";

import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import { BackupError } from "@/lib/backup/backup-error";
import type { SealedKeys } from "@/lib/backup/file/backup-format";

/** The three keys of the product, each as its variable and its file hold it. */
export type ProductKeys = { MASTER_KEY: string; AUTH_SECRET: string; TOKEN_SIGNING_KEYS: string };

const keysSchema = z.object({ MASTER_KEY: z.string(), AUTH_SECRET: z.string(), TOKEN_SIGNING_KEYS: z.string() });

/** About half a second and 128 MiB for each guess. */
const SCRYPT = { n: 131_072, r: 8, p: 1 } as const;
const SCRYPT_BYTES_MAX = 256 * 1024 * 1024;
/** Bound to the seal, so that it cannot stand for anything else. */
const PURPOSE = Buffer.from("vestibule backup keys 1");

const deriveKey = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** Encrypts the keys with AES-256-GCM under a key that scrypt (RFC 7914) makes of the passphrase. */
export async function sealKeys(keys: ProductKeys, passphrase: string): Promise<SealedKeys> {
  const salt = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", await toKey(passphrase, salt), iv).setAAD(PURPOSE);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(keys), "utf8"), cipher.final()]);
  return {
    kdf: "scrypt",
    ...SCRYPT,
    salt: salt.toString("base64url"),
    cipher: "aes-256-gcm",
    iv: iv.toString("base64url"),
    tag: cipher.getAuthTag().toString("base64url"),
    sealed: sealed.toString("base64url"),
  };
}

/** Decrypts what `sealKeys` made. Throws `BackupError` for another passphrase, and for a seal that was changed. */
export async function openKeys({ salt, iv, tag, sealed }: SealedKeys, passphrase: string): Promise<ProductKeys> {
  const key = await toKey(passphrase, Buffer.from(salt, "base64url"));
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"), { authTagLength: 16 });
  decipher.setAAD(PURPOSE).setAuthTag(Buffer.from(tag, "base64url"));
  let text: Buffer;
  try {
    text = Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]);
  } catch {
    throw new BackupError("The keys cannot be opened: this is not the passphrase that the backup was made with.");
  }
  return keysSchema.parse(JSON.parse(text.toString("utf8")));
}

function toKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  const { n: N, r, p } = SCRYPT;
  // One passphrase may be typed in two ways that look alike.
  return deriveKey(passphrase.normalize("NFC"), salt, 32, { N, r, p, maxmem: SCRYPT_BYTES_MAX });
}
