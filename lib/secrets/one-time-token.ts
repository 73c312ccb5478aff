import "server-only";

import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** Makes a token of 256 random bits, as 43 characters of base64url. It is the only copy. */
export function generateToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/**
 * Returns what is stored of a token: SHA-256 in hex. A password hash would protect nothing more, because nobody can try
 * 2^256 tokens, and would let strangers keep the processor busy.
 */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
