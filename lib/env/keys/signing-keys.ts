import "server-only";

import { readFile, stat } from "node:fs/promises";
import type { Config } from "@/lib/env/config";
import { stripByteOrderMark } from "@/lib/env/strip-byte-order-mark";
import { ValueError, type ValueParser } from "@/lib/env/value-parsers";
import { importKeyRing, SigningKeyError } from "@/lib/oauth/jose/signing-key";
import { refuseWellKnownKeys } from "@/lib/oauth/jose/well-known-keys";

type SigningKeys = Config["tokenSigningKeys"];

/**
 * Reads a JWK set with private keys, newest first, and lets the protocol core judge every key in it. In production a
 * key that is printed in a specification or in our own tests is refused too.
 */
export function signingKeys(environment: Config["environment"]): ValueParser<Promise<SigningKeys>> {
  return async (value) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(value);
    } catch {
      throw new ValueError("must be a JWK set in JSON");
    }
    try {
      const ring = await importKeyRing(parsed);
      if (environment === "production") await refuseWellKnownKeys(ring);
    } catch (error) {
      throw error instanceof SigningKeyError ? new ValueError(error.message) : error;
    }
    // The import has just proved this shape.
    return parsed as SigningKeys;
  };
}

/** Reads the signing keys that a file holds now. Throws `ValueError` for a file that does not hold any. */
export async function readSigningKeyFile(path: string, environment: Config["environment"]): Promise<SigningKeys> {
  return signingKeys(environment)(stripByteOrderMark(await readFile(path, "utf8")));
}

/** Text that changes when the file does, without reading it. Follows links, as mounted secrets are. */
export async function signingKeyFileVersion(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path);
  return `${ino}:${size}:${mtimeMs}`;
}
