import { ERROR_SENTENCES } from "../error-sentences";
import { type OAuthError, type OAuthErrorCode, toOAuthError } from "../oauth-error";
import { basicChallenge, parseAuthorizationHeader } from "./auth-challenge";
import type { EndpointRequest } from "./endpoint-request";
import type { EndpointResponse } from "./endpoint-response";

/** RFC 9110 §8.3 media types that the token endpoint reads, as `Accept-Post` names them. */
const ACCEPT_POST = "application/x-www-form-urlencoded, application/json";

/** RFC 6749 §5.1: both fields, on success and on error alike. */
const NO_STORE = { "Cache-Control": "no-store", Pragma: "no-cache" };

const POST_METHODS = ["POST", "OPTIONS"];
const GET_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * A JSON answer that no cache keeps and no browser sniffs. `headers` are added last and may replace the caching fields.
 */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): EndpointResponse {
  return {
    status,
    headers: { "Content-Type": "application/json", ...NO_STORE, "X-Content-Type-Options": "nosniff", ...headers },
    body: JSON.stringify(body),
  };
}

/** A successful answer that has nothing to say (RFC 7009 §2.2). No cache keeps it. */
export function emptyResponse(): EndpointResponse {
  return { status: 200, headers: { ...NO_STORE, "X-Content-Type-Options": "nosniff" }, body: null };
}

/** What refusals are made with besides the error itself. */
export type RefusalOptions = {
  realm: string;
  /** Absolute URL of the page that explains each error code under an anchor of its name. Without one, no `error_uri`. */
  errorPage?: string | undefined;
};

/**
 * The one serializer of refusals. Whatever was thrown, `error_description` and `detail` hold the same public sentence;
 * reason, log detail and cause stay inside. `error_uri` depends on the code alone, so that it tells no two causes apart.
 * A 401 carries a Basic challenge when the request had an `Authorization` header, and none otherwise: client libraries
 * read a challenge in place of the body (docs/decisions/0016).
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function oauthErrorResponse(
  request: EndpointRequest,
  thrown: unknown,
  options: RefusalOptions,
): EndpointResponse {
  const error = toOAuthError(thrown);
  const body = oauthErrorBody(error.code, error.description, options.errorPage);
  const isChallenged = error.status === 401 && parseAuthorizationHeader(request.headers) !== undefined;
  const challenge = isChallenged ? { "WWW-Authenticate": basicChallenge(options.realm) } : {};
  return jsonResponse(error.status, body, { ...challenge, ...errorHeaders(error) });
}

/** The body of a refusal, for whoever refuses before this module is reached. `description` is a public sentence. */
export function oauthErrorBody(error: OAuthErrorCode, description: string, errorPage: string | undefined) {
  return {
    error,
    error_description: description,
    ...(errorPage === undefined ? {} : { error_uri: `${errorPage}#${error}` }),
    detail: description,
  };
}

// RFC 6749 §5.2: a URI reference, and never the quotation mark, the backslash or a space.
const ERROR_PAGE = /^https?:\/\/[\x21\x24-\x5B\x5D-\x7E]+$/;

/** Throws TypeError for an error page whose address no error body may carry, at the start and not at a refusal. */
export function requireErrorPage(errorPage: string | undefined): void {
  if (errorPage !== undefined && !ERROR_PAGE.test(errorPage)) {
    throw new TypeError("The error page must be an absolute URL without a fragment");
  }
}

/**
 * The frame of an endpoint that takes POST and nothing else: OPTIONS and 405 for the other methods, and a refusal for
 * whatever `answer` throws. It always answers.
 */
export async function answerPost(
  request: EndpointRequest,
  options: RefusalOptions,
  answer: () => Promise<EndpointResponse>,
): Promise<EndpointResponse> {
  if (request.method === "OPTIONS") return optionsResponse(POST_METHODS);
  if (request.method !== "POST") return methodNotAllowed(request, POST_METHODS, options.errorPage);
  try {
    return await answer();
  } catch (thrown) {
    return oauthErrorResponse(request, thrown, options);
  }
}

/** The frame of an endpoint that is only read: OPTIONS and 405 for the other methods. What `answer` throws passes through. */
export async function answerGet(
  request: EndpointRequest,
  { errorPage }: Pick<RefusalOptions, "errorPage">,
  answer: () => Promise<EndpointResponse>,
): Promise<EndpointResponse> {
  if (request.method === "OPTIONS") return optionsResponse(GET_METHODS);
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(request, GET_METHODS, errorPage);
  return withoutBodyForHead(request, await answer());
}

/** 405 with the real methods in `Allow` (RFC 9110 §15.5.6); a HEAD request gets the same headers without the body. */
function methodNotAllowed(request: EndpointRequest, allow: readonly string[], errorPage?: string): EndpointResponse {
  const body = oauthErrorBody("invalid_request", ERROR_SENTENCES.invalid_request.method_not_allowed, errorPage);
  return withoutBodyForHead(request, jsonResponse(405, body, { Allow: allow.join(", ") }));
}

/** 204 for OPTIONS. No CORS field on purpose: whoever serves a document that pages of other origins may read adds it. */
export function optionsResponse(allow: readonly string[]): EndpointResponse {
  return { status: 204, headers: { Allow: allow.join(", "), ...NO_STORE }, body: null };
}

/** RFC 9110 §9.3.2: the answer to HEAD has the headers of GET and no body. */
export function withoutBodyForHead(request: EndpointRequest, response: EndpointResponse): EndpointResponse {
  return request.method === "HEAD" ? { ...response, body: null } : response;
}

function errorHeaders(error: OAuthError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.status === 415) headers["Accept-Post"] = ACCEPT_POST;
  // RFC 9110 §12.5.3: only a refused content coding may name Accept-Encoding.
  if (error.isUnsupportedEncoding) headers["Accept-Encoding"] = "identity";
  if (error.retryAfterSeconds !== undefined) headers["Retry-After"] = String(error.retryAfterSeconds);
  return headers;
}
