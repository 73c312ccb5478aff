import "server-only";

import { SECRET_ENDS_HEADER } from "@/lib/oauth/http/secret-end-header";
import type { HeaderField, ResponseObject } from "../openapi.types";
import type { SchemaName } from "./component-schemas";
import { schemaRef } from "./component-schemas";

const REQUEST_ID: Record<string, HeaderField> = {
  "X-Request-Id": {
    description: "Names this request in the server's log.",
    required: true,
    schema: { type: "string" },
  },
};

const CHALLENGE: Record<string, HeaderField> = {
  "WWW-Authenticate": { description: "How to authenticate.", required: true, schema: { type: "string" } },
};

const RETRY_AFTER: Record<string, HeaderField> = {
  "Retry-After": { description: "Seconds to wait.", required: true, schema: { type: "string" } },
};

export const HEADERS = {
  Location: { description: "Path of what was made.", schema: { type: "string" } },
  ETag: { description: "Version of the room, for If-Match and If-None-Match.", schema: { type: "string" } },
  Link: { description: "The following page, with rel=next.", schema: { type: "string" } },
  "Cache-Control": { description: "How long it may be kept.", required: true, schema: { type: "string" } },
  "Idempotency-Replayed": {
    description: "`true` on an answer that was given before to the same Idempotency-Key.",
    schema: { type: "string" },
  },
} as const satisfies Record<string, HeaderField>;

/** On the answers to a client that was authenticated (draft-ietf-httpapi-ratelimit-headers). */
const QUOTA: Record<string, HeaderField> = {
  "RateLimit-Policy": {
    description: 'How much may be asked for: `"client";q=6000;w=60` is 6000 in 60 seconds.',
    schema: { type: "string" },
  },
  RateLimit: {
    description: 'What is left of it, and after how many seconds all of it is there again: `"client";r=5999;t=60`.',
    schema: { type: "string" },
  },
};

/** On a token that a secret obtained which ends soon. */
export const REVOCATION_TIMES: Record<string, HeaderField> = {
  [SECRET_ENDS_HEADER]: {
    description: "When the secret of this request stops working, once it is in its grace period or its last 14 days.",
    schema: { type: "string" },
  },
};

/** Adds to answers what they say about quotas. */
export function withQuota(responses: Readonly<Record<string, ResponseObject>>): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      { ...response, headers: { ...response.headers, ...QUOTA } },
    ]),
  );
}

/** A JSON answer of one of the schemas, or of either of several. */
export function jsonAnswer(
  description: string,
  names: SchemaName | readonly SchemaName[],
  headers: Readonly<Record<string, HeaderField>> = {},
): ResponseObject {
  const [first, ...others] = typeof names === "string" ? [names] : names;
  const schema =
    first !== undefined && others.length === 0
      ? schemaRef(first)
      : { anyOf: [first, ...others].flatMap((name) => (name === undefined ? [] : [schemaRef(name)])) };
  return { description, headers: { ...REQUEST_ID, ...headers }, content: { "application/json": { schema } } };
}

/** An answer without a body. */
export function emptyAnswer(description: string, headers: Readonly<Record<string, HeaderField>> = {}): ResponseObject {
  return { description, headers: { ...REQUEST_ID, ...headers } };
}

type Refusals = Record<string, ResponseObject>;

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

type RefusalStatus = keyof typeof TEXTS;

function headersOf(status: RefusalStatus): Record<string, HeaderField> {
  if (status === 401) return { ...REQUEST_ID, ...CHALLENGE };
  return status === 429 || status === 503 ? { ...REQUEST_ID, ...RETRY_AFTER } : REQUEST_ID;
}

function refusals(statuses: readonly RefusalStatus[], media: string, schema: SchemaName): Refusals {
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      { description: TEXTS[status], headers: headersOf(status), content: { [media]: { schema: schemaRef(schema) } } },
    ]),
  );
}

/** RFC 6749 §5.2 for these statuses. */
export function oauthRefusals(...statuses: RefusalStatus[]): Refusals {
  return refusals(statuses, "application/json", "OAuthError");
}

/** RFC 9457 for what every method of the external API may answer, and these statuses. */
export function problems(...statuses: RefusalStatus[]): Refusals {
  const all: RefusalStatus[] = [400, 401, 403, 413, 415, 429, 431, 500, 503, ...statuses];
  return refusals(
    all.sort((a, b) => a - b),
    "application/problem+json",
    "Problem",
  );
}
