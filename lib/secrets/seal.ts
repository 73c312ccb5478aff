import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { MasterKey } from "./secret-format";

const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Sealer = {
  /** Returns `<kid>.<base64url>`. `context` says whose it is: sealed for one, it opens for nobody else. */
  seal(plain: Uint8Array, context: string): string;
  /**
   * Returns what was sealed. Throws `RangeError` for what was made with another key, for another context, or changed; the
   * message holds nothing of it.
   */
  open(sealed: string, context: string): Buffer;
};

/**
 * Seals what has to be read again, unlike secrets, which are hashed: AES-256-GCM under a key derived from the newest
 * master key (HKDF-SHA-256, RFC 5869, info `<purpose>/<kid>`). Older master keys still open what they have sealed.
 */
export function createSealer(masterKeys: readonly MasterKey[], purpose: string): Sealer {
  const keys = new Map(
    masterKeys.map(({ kid, key }) => [
      kid,
      new Uint8Array(hkdfSync("sha256", key, new Uint8Array(0), `${purpose}/${kid}`, 32)),
    ]),
  );
  return {
    seal(plain, context) {
      const [newest] = keys;
      if (newest === undefined) throw new RangeError("At least one master key is needed to seal.");
      const [kid, key] = newest;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return `${kid}.${sealed.toString("base64url")}`;
    },
    open(sealed, context) {
      const [kid = "", text = ""] = sealed.split(".");
      const key = keys.get(kid);
      if (key === undefined) throw new RangeError("What was sealed needs a master key that is not there.");
      const bytes = Buffer.from(text, "base64url");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(context));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        throw new RangeError("What was sealed was changed, or belongs to something else.");
      }
    },
  };
}
