import "server-only";

import { ERROR_SENTENCES } from "@/lib/oauth/error-sentences";
import { decodeDocument } from "@/lib/oauth/http/base64";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { type BodyFault, readBodyBytes } from "@/lib/oauth/http/request-body";
import { JSON_DEPTH_MAX, parseJsonObject } from "@/lib/oauth/http/strict-json";
import type { HttpReason } from "./http-reason";
import { HttpProblem } from "./problem";

/** What the token endpoint says about a body as well. */
const SENTENCES = ERROR_SENTENCES.invalid_request;

const NOT_AN_OBJECT =
  "The request body must be one JSON object without repeated members, of at most " +
  `${JSON_DEPTH_MAX} objects and lists inside one another.`;

/** 64 KiB: no body of the external API comes near it. */
export const JSON_BODY_BYTES_MAX = 64 * 1024;

/** What kind of JSON a request may carry, and the field in which a refusal says so. */
export type JsonMedia = { types: readonly string[]; acceptField: "Accept-Post" | "Accept-Patch" };

export const JSON_MEDIA: JsonMedia = { types: ["application/json"], acceptField: "Accept-Post" };
/** RFC 7396 under its own name, or as the JSON that it is. */
export const MERGE_PATCH_MEDIA: JsonMedia = {
  types: ["application/merge-patch+json", "application/json"],
  acceptField: "Accept-Patch",
};

/**
 * Reads a JSON object from a request. An empty body is the empty object, whatever its fields say about it: many clients
 * send the media type of their forms with no body at all. Throws HttpProblem: 413 as soon as more than 64 KiB were
 * declared or read, 415 for another media type or any content coding, 400 for what is not UTF-8, not JSON, not an
 * object, too deep, or names a member twice.
 */
export async function readJsonBody(
  request: EndpointRequest,
  media: JsonMedia = JSON_MEDIA,
): Promise<Record<string, unknown>> {
  const bytes = await readBodyBytes(request, JSON_BODY_BYTES_MAX, refuseBody);
  if (bytes.byteLength === 0) return {};
  requireNoCoding(request, media);
  requireJson(request.headers.get("content-type") ?? "", media);
  const text = decodeDocument(bytes);
  if (text === undefined) throw malformed("body_not_utf8", SENTENCES.body_not_utf8);
  const object = parseJsonObject(text);
  if (object === undefined) throw malformed("json_malformed", NOT_AN_OBJECT);
  // Members are defined, not assigned: `__proto__` is a name like any other.
  return Object.fromEntries(object);
}

/** `identity` changes nothing (RFC 9110 §8.4.1): some clients say it nevertheless. */
function requireNoCoding(request: EndpointRequest, media: JsonMedia): void {
  const codings = (request.headers.get("content-encoding") ?? "").split(",").map((coding) => coding.trim());
  if (codings.every((coding) => /^(?:identity)?$/i.test(coding))) return;
  // RFC 9110 §12.5.3: Accept-Encoding in a 415 says that the coding was the trouble.
  const fields = { "Accept-Encoding": "identity" };
  throw unsupported(media, "content_encoding", SENTENCES.content_encoding, fields);
}

/** A parameter of a media type (RFC 9110 §5.6.6): its value may be quoted, and then hold a semicolon. */
const PARAMETER = /;\s*([^\s;="]+)=("(?:[^"\\]|\\.)*"|[^\s;"]*)/g;

function requireJson(contentType: string, media: JsonMedia): void {
  const [essence = ""] = contentType.split(";");
  if (!media.types.includes(essence.trim().toLowerCase())) {
    throw unsupported(media, "media_type", "The request body must be JSON.");
  }
  for (const [, name = "", value = ""] of contentType.matchAll(PARAMETER)) {
    if (name.toLowerCase() !== "charset" || /^"?utf-?8"?$/i.test(value)) continue;
    throw unsupported(media, "charset", SENTENCES.charset);
  }
}

function malformed(code: HttpReason, detail: string, cause?: unknown): HttpProblem {
  return new HttpProblem({ status: 400, code, detail }, { cause });
}

function refuseBody(fault: BodyFault, cause?: unknown): HttpProblem {
  if (fault === "body_unreadable") return malformed(fault, SENTENCES.body_unreadable, cause);
  return new HttpProblem({ status: 413, code: fault, detail: SENTENCES.body_too_large });
}

function unsupported(
  media: JsonMedia,
  code: HttpReason,
  detail: string,
  headers: Record<string, string> = {},
): HttpProblem {
  const accepted = { [media.acceptField]: media.types.join(", ") };
  return new HttpProblem({ status: 415, code, detail, headers: { ...accepted, ...headers } });
}
