import { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import { decodeDocument } from "./base64";
import type { EndpointRequest } from "./endpoint-request";
import { type ParameterEntry, parseForm } from "./form-encoding";
import { parseJsonObject } from "./strict-json";

/** 16 KiB: a hundred times a real token request, and cheap to throw away. */
export const BODY_BYTES_MAX = 16 * 1024;

/**
 * Reads the parameters of a POST body: a form (RFC 6749 §3.2) or a JSON object of strings, in which null counts as
 * absent. Repeated names are kept, so that the next step can refuse them. Throws `invalid_request` with 415 (media type,
 * charset, any content coding that changes something),
 * 413 (declared or actual size above 16 KiB, measured while reading) or 400 (anything that does not parse).
 */
export async function readBodyEntries(request: EndpointRequest): Promise<ParameterEntry[]> {
  refuseEncoding(request.headers.get("content-encoding"));
  const mediaType = readMediaType(request.headers.get("content-type"));
  const text = decodeDocument(await readBodyBytes(request, BODY_BYTES_MAX, refuseBody));
  if (text === undefined) throw malformed("body_not_utf8");
  return mediaType === "application/json" ? parseJsonEntries(text) : parseFormEntries(text);
}

/** RFC 9110 §12.5.3: identity stands for no coding at all. */
function refuseEncoding(contentEncoding: string | null): void {
  const codings = (contentEncoding ?? "").split(",").map((coding) => coding.trim().toLowerCase());
  if (codings.some((coding) => coding !== "" && coding !== "identity")) throw unsupported("content_encoding");
}

/** RFC 9110 §5.6.6: a semicolon inside a quoted string divides nothing. */
const MEDIA_TYPE_PARTS = /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;
const CHARSET = /^charset=(?:utf-?8|"utf-?8")$/;

function readMediaType(contentType: string | null): "application/json" | "application/x-www-form-urlencoded" {
  const parts = (contentType ?? "").toLowerCase().match(MEDIA_TYPE_PARTS) ?? [];
  const [essence = "", ...attributes] = parts.map((part) => part.trim());
  if (essence !== "application/json" && essence !== "application/x-www-form-urlencoded") {
    throw unsupported("media_type");
  }
  const charsets = attributes.filter((attribute) => attribute.startsWith("charset="));
  if (!charsets.every((charset) => CHARSET.test(charset))) throw unsupported("charset");
  return essence;
}

/** A body that could not be taken whole, by reason code. */
export type BodyFault = "body_too_large" | "body_unreadable";

/**
 * Reads at most `bytesMax` bytes of a body, counted while they arrive. Throws what `refuse` makes for more, declared or
 * sent, and for a sender that breaks off.
 */
export async function readBodyBytes(
  request: EndpointRequest,
  bytesMax: number,
  refuse: (fault: BodyFault, cause?: unknown) => Error,
): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > bytesMax) throw refuse("body_too_large");
  if (request.bodyBytes !== undefined) {
    if (request.bodyBytes.byteLength > bytesMax) throw refuse("body_too_large");
    return request.bodyBytes;
  }
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw refuse("body_unreadable", cause);
    });
    if (done) return joinChunks(chunks, size);
    size += value.byteLength;
    if (size > bytesMax) {
      // Not awaited: a sender that ignores the cancellation must not delay the refusal.
      reader.cancel().catch(() => undefined);
      throw refuse("body_too_large");
    }
    chunks.push(value);
  }
}

function joinChunks(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function parseFormEntries(text: string): ParameterEntry[] {
  const entries = parseForm(text);
  if (entries === undefined) throw malformed("form_malformed");
  return entries;
}

function parseJsonEntries(text: string): ParameterEntry[] {
  const object = parseJsonObject(text);
  if (object === undefined) throw malformed("json_malformed");
  return Array.from(object, ([name, value]): ParameterEntry => {
    // Programs write null for what they leave out, and a form cannot say more than an empty value.
    if (value === null) return [name, ""];
    // An object or a number in place of a string is how query operators are smuggled into a database layer.
    if (typeof value !== "string") throw malformed("json_not_string");
    return [name, value];
  });
}

function malformed(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_request", { reason });
}

function refuseBody(reason: BodyFault, cause?: unknown): OAuthError {
  return new OAuthError("invalid_request", { reason, cause, ...(reason === "body_too_large" ? { status: 413 } : {}) });
}

function unsupported(reason: OAuthReason): OAuthError {
  const isUnsupportedEncoding = reason === "content_encoding";
  return new OAuthError("invalid_request", { reason, status: 415, isUnsupportedEncoding });
}
