import "server-only";

import { SECRET_ENDS_HEADER } from "@/lib/oauth/http/secret-end-header";
import type { HeaderField, ResponseObject } from "../openapi.types";
import { type SchemaName, schemaRef } from "./component-schemas";

type Fields = Readonly<Record<string, HeaderField>>;
export type Responses = Readonly<Record<string, ResponseObject>>;

function field(description: string): HeaderField {
  return { description, schema: { type: "string" } };
}

/** One that every such answer has. */
function requiredField(description: string): HeaderField {
  return { description, required: true, schema: { type: "string" } };
}

const REQUEST_ID: Fields = { "X-Request-Id": requiredField("Names this request in the server's log.") };
const CHALLENGE: Fields = { "WWW-Authenticate": requiredField("How to authenticate.") };
const RETRY_AFTER: Fields = { "Retry-After": requiredField("Seconds to wait.") };

export const HEADERS = {
  Location: field("Path of what was made."),
  ETag: field("Version of the room, for If-Match and If-None-Match."),
  Link: field("The following page, with rel=next."),
  "Cache-Control": requiredField("How long it may be kept."),
  "Idempotency-Replayed": field("`true` on an answer that was given before to the same Idempotency-Key."),
} as const satisfies Fields;

/** On the answers to a client that was authenticated (draft-ietf-httpapi-ratelimit-headers). */
const QUOTA: Fields = {
  "RateLimit-Policy": field('How much may be asked for: `"client";q=6000;w=60` is 6000 in 60 seconds.'),
  RateLimit: field('What is left of it, and after how many seconds all of it is there again: `"client";r=5999;t=60`.'),
};

/** On a token that a secret obtained which ends soon. */
export const REVOCATION_TIMES: Fields = {
  [SECRET_ENDS_HEADER]: field(
    "When the secret of this request stops working, once it is in its grace period or its last 14 days.",
  ),
};

/** The same members, each with what `change` makes of it. */
export function mapMembers<Value, Result>(
  members: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value, name)]));
}

/** Adds to answers what they say about quotas. */
export function withQuota(responses: Responses): Responses {
  return mapMembers(responses, (response) => ({ ...response, headers: { ...response.headers, ...QUOTA } }));
}

/** A JSON answer of one of the schemas, or of either of several. */
export function jsonAnswer(
  description: string,
  names: SchemaName | readonly SchemaName[],
  headers: Fields = {},
): ResponseObject {
  const schemas = [names].flat().map(schemaRef);
  const schema = schemas.length > 1 ? { anyOf: schemas } : (schemas[0] ?? {});
  return { ...emptyAnswer(description, headers), content: { "application/json": { schema } } };
}

/** An answer without a body. */
export function emptyAnswer(description: string, headers: Fields = {}): ResponseObject {
  return { description, headers: { ...REQUEST_ID, ...headers } };
}

const TEXTS = {
  400: "The request is malformed, or an input is not acceptable.",
  401: "Whoever calls could not be authenticated.",
  403: "The token, or the person's role, does not allow this.",
  404: "There is no such thing, or none that this person can see.",
  409: "It conflicts with the present state.",
  412: "It has changed since: the version in If-Match is not the present one.",
  413: "The body is too large.",
  415: "The body has another media type than those listed, or is encoded.",
  422: "The Idempotency-Key was used for another request.",
  429: "Too many attempts from there.",
  431: "There are too many header fields.",
  500: "Something unforeseen failed on the server.",
  503: "The server cannot answer now.",
} as const;

export type RefusalStatus = keyof typeof TEXTS;

const FIELDS: Readonly<Partial<Record<RefusalStatus, Fields>>> = { 401: CHALLENGE, 429: RETRY_AFTER, 503: RETRY_AFTER };

function refusals(statuses: readonly RefusalStatus[], media: string, name: SchemaName): Responses {
  const content = { [media]: { schema: schemaRef(name) } };
  return Object.fromEntries(
    statuses.map((status) => [status, { ...emptyAnswer(TEXTS[status], FIELDS[status]), content }]),
  );
}

/** RFC 6749 §5.2 for these statuses. The challenge is for a client that used the Authorization header. */
export function oauthRefusals(...statuses: RefusalStatus[]): Responses {
  const responses = refusals(statuses, "application/json", "OAuthError");
  const { 401: refused } = responses;
  if (refused === undefined) return responses;
  const challenge = field("How to authenticate. Only where the Authorization header was used.");
  return { ...responses, 401: { ...refused, headers: { ...refused.headers, "WWW-Authenticate": challenge } } };
}

/** RFC 9457 for what every method of the external API may answer, and these statuses. */
export function problems(...statuses: RefusalStatus[]): Responses {
  const all: RefusalStatus[] = [400, 401, 403, 413, 415, 429, 431, 500, 503, ...statuses];
  return refusals(all, "application/problem+json", "Problem");
}
