import type { SigningKey } from "./signing-key";

/**
 * Makes and checks signatures with keys of our own ring, as RFC 7518 §3 writes them: those of ES256 are two numbers in
 * 64 bytes. For an adapter that can do so for less than the library, which hands every signature to another thread and
 * back.
 */
export type Signatures = {
  sign(key: SigningKey, input: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** False for whatever is not the signature of `input`. */
  verify(key: SigningKey, input: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
  /** Unpadded base64url (RFC 7515 §2) of bytes, or of a text in UTF-8. */
  encode(value: Uint8Array | string): string;
};
