import "server-only";

import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { HttpProblem } from "./problem";

const KEY_LENGTH_MAX = 255;

// RFC 9651 §3.3.3: printable ASCII in double quotes, of which quotes and backslashes are escaped.
const QUOTED = /^"((?:[\x20\x21\x23-\x5B\x5D-\x7E]|\\["\\])*)"$/;
// A bare word, as most clients send it: the characters of a token, a digit first or not.
const BARE = /^[\w!#$%&'*+.^`|~:/-]+$/;

/**
 * Reads the `Idempotency-Key` of a request; undefined when there is none. Throws HttpProblem 400 for anything but one
 * string of 1 to 255 characters. A word without quotes is taken for that string. A repeated field arrives with commas
 * in it, which neither form allows.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07#section-2.1
 */
export function readIdempotencyKey(request: EndpointRequest): string | undefined {
  const field = request.headers.get("Idempotency-Key");
  if (field === null) return undefined;
  const quoted = QUOTED.exec(field)?.[1]?.replace(/\\(.)/g, "$1");
  const key = quoted ?? (BARE.test(field) ? field : "");
  if (key === "" || key.length > KEY_LENGTH_MAX) {
    throw new HttpProblem({
      status: 400,
      code: "idempotency_key_malformed",
      detail: `Idempotency-Key must be one string in double quotes, of 1 to ${KEY_LENGTH_MAX} characters.`,
    });
  }
  return key;
}
