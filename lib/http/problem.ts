import "server-only";

import type { AppReason } from "@/lib/errors/app-reason";
import { isErrorNamed } from "@/lib/errors/is-error-named";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import type { OAuthErrorCode } from "@/lib/oauth/oauth-error";
import type { HttpReason } from "./http-reason";

/** What is wrong with single fields of the input: sentences by field name. */
type FieldProblems = Readonly<Record<string, readonly string[]>>;

/** What programs compare. `unauthenticated` is a call without credentials: for it RFC 6750 §3.1 has no error. */
export type ProblemCode = OAuthErrorCode | HttpReason | AppReason | "unauthenticated";

export type ProblemOptions = {
  status: number;
  /** The cause, for programs. */
  code: ProblemCode;
  /** One sentence for the developer who reads the answer. Never holds anything the caller sent. */
  detail: string;
  /** URI of a registered problem type; `about:blank` says no more than the status (RFC 9457 §4.2.1). */
  type?: string;
  fields?: FieldProblems;
  /** Members that the type of the problem defines (RFC 9457 §3.2). */
  extensions?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
};

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** A refusal on its way to becoming an answer. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";

  constructor(
    readonly problem: ProblemOptions & { code: HttpReason },
    options?: { cause?: unknown },
  ) {
    super(problem.code, options);
  }

  static override [Symbol.hasInstance](thrown: unknown): thrown is HttpProblem {
    return isErrorNamed(thrown, "HttpProblem");
  }
}

/**
 * An error answer as problem JSON. Field problems are extra members under the name of the field, arrays of sentences as
 * existing clients read them; they never replace a member of the format itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3
 */
export function problemResponse(problem: ProblemOptions): EndpointResponse {
  const body = {
    ...problem.fields,
    ...problem.extensions,
    type: problem.type ?? "about:blank",
    title: TITLES[problem.status] ?? "Error",
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
  };
  return {
    status: problem.status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...problem.headers,
    },
    body: JSON.stringify(body),
  };
}
