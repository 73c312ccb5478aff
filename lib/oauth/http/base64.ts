import { base64url } from "jose";

/**
 * Strict base64 (RFC 4648 §4): padding is required, no white space, no stray bits in the last character, so that one
 * value has one spelling. `undefined` otherwise.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const binary = decodeBinary(text);
  // `atob` forgives missing padding, white space and stray bits; encoding again shows whether it had to.
  if (binary === undefined || btoa(binary) !== text) return undefined;
  const bytes = new Uint8Array(binary.length);
  // A loop: `Uint8Array.from` with a function takes fifteen times as long.
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Strict unpadded base64url (RFC 7515 §2); `undefined` for anything else, a non-canonical spelling included. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return decodeBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, "="));
}

/** Unpadded base64url of bytes (RFC 7515 §2). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return base64url.encode(bytes);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text; `undefined` when they are not UTF-8. A byte order mark stays in the text and is seen by the parser. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A document that was sent or fetched as text; `undefined` when it is not UTF-8. A byte order mark in front is dropped
 * (RFC 8259 §8.1): editors and some platforms write it, and it means nothing.
 */
export function decodeDocument(bytes: Uint8Array): string | undefined {
  return decodeUtf8(bytes)?.replace(/^\ufeff/, "");
}

function decodeBinary(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
