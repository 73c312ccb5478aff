import "server-only";

import { AppError, type AppErrorCode } from "@/lib/errors/app-error";
import type { AppReason, RoomReason } from "@/lib/errors/app-reason";
import type { FieldReason, RoomFieldReason } from "@/lib/errors/field-reason";
import type { HttpReason } from "@/lib/http/http-reason";
import { HttpProblem, type ProblemOptions, problemResponse } from "@/lib/http/problem";
import { bearerChallengeFor } from "@/lib/oauth/access-token/bearer";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { isOAuthError, type OAuthError } from "@/lib/oauth/oauth-error";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import { log } from "@/lib/observability/logger";
import { incrementCounter } from "@/lib/observability/metrics/metrics";
import { logRefusal } from "@/lib/observability/refusal-log";
import { callFields, type TokenOwner } from "./call-fields";
import { toOutage } from "./database-outage";
import { problemType } from "./problem-type";

export type ProtectedResource = {
  realm: string;
  /** URL of the metadata of the very resource that refuses; absent for one that has none. */
  resourceMetadata?: string;
  /** Absolute URL of the page that explains problems, each under its code. */
  errorPage: string;
};

const STATUS_OF: Record<AppErrorCode, number> = {
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  unauthenticated: 401,
  invalid: 400,
  precondition: 412,
  unavailable: 503,
};

/** What the reasons of verbs mean to a developer. English only: programs read it, and developers. */
const SENTENCES: Readonly<Partial<Record<AppReason | FieldReason, string>>> = {
  room_not_found: "No Room matches the given query.",
  page_invalid: "Invalid page.",
  room_role_insufficient: "This person's role in the room does not allow this.",
  room_version_differs: "The room has changed since. Read it again.",
  entity_tag_weak: "If-Match needs a strong tag: the ETag of an answer as it stands, without W/ before it.",
  access_not_found: "No such role in this room.",
  access_exists: "This person has another role in this room. Change that one.",
  accesses_too_many: "This room has as many people with a role as it can have.",
  last_owner: "A room needs an owner.",
  person_cannot_be_acted_for: "This person cannot be acted for.",
  external_id_taken: "Another room of this person has this external_id.",
  external_id_not_yours: "Only the application that made the room can name it.",
  expiry_not_in_future: "Must be in the future.",
  domain_not_allowed: "This application is not authorized for this email domain.",
  join_link_unknown: "Must be a join link of this server.",
  cursor_invalid: "Must be a cursor of this list.",
  public_rooms_disabled: "Public rooms are disabled for the external API.",
} satisfies Record<RoomReason | RoomFieldReason, string>;

const GENERIC_SENTENCES: Record<AppErrorCode, string> = {
  not_found: "Not found.",
  conflict: "The request conflicts with the present state.",
  forbidden: "You do not have permission to perform this action.",
  unauthenticated: "Authentication credentials were not provided.",
  invalid: "The request is not valid.",
  precondition: "A precondition of the request does not hold.",
  unavailable: "The server cannot answer now. Try again later.",
};

/** RFC 9457 registry: the server is short of something and will be back. */
const REDUCED_CAPACITY = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

/** Writes a refusal for whoever reads it: `problem` is all that may be told, `cause` what it was made of. */
export type RefusalRenderer = (problem: ProblemOptions, cause: unknown) => EndpointResponse;

/**
 * The one serializer of refusals of the external API: whatever was thrown becomes problem JSON, or what `render` makes
 * of it, is counted by its reason and logged with what `call` tells of who called; what is a bug of ours shows one
 * generic sentence. Every 401 and 403 carries a Bearer challenge that says where to find the protected-resource
 * metadata, if there is any (RFC 9728 §5.1).
 */
export function externalErrorResponse(
  thrown: unknown,
  { request, owner }: { request: EndpointRequest; owner?: TokenOwner | undefined },
  resource: ProtectedResource,
  render: RefusalRenderer = (problem) => problemResponse(problem),
): EndpointResponse {
  const cause = toOutage(thrown);
  const problem = explain(cause, resource);
  const reason = reasonOf(cause);
  incrementCounter("vestibule_external_refused_total", { reason });
  const { status } = problem;
  const fields = { event: "external_refused", ...callFields(request, owner), status, reason } as const;
  if (problem.status >= 500) log.error({ ...fields, err: thrown }, "External API call failed");
  else logRefusal(fields, "External API call refused");
  return render({ ...problem, type: problem.type ?? problemType(problem.code, resource.errorPage) }, cause);
}

/** The reason code under which a refusal of the external API is counted and logged. */
export function reasonOf(thrown: unknown): OAuthReason | HttpReason | AppReason {
  const cause = toOutage(thrown);
  if (isOAuthError(cause)) return cause.reason;
  if (cause instanceof HttpProblem) return cause.problem.code;
  return cause instanceof AppError ? cause.reason : "unexpected_error";
}

function explain(thrown: unknown, resource: ProtectedResource): ProblemOptions {
  if (isOAuthError(thrown)) return oauthProblem(thrown, resource);
  if (thrown instanceof HttpProblem) return thrown.problem;
  if (thrown instanceof AppError) return appProblem(thrown);
  return { status: 500, code: "server_error", detail: "The server could not complete the request." };
}

function oauthProblem(error: OAuthError, resource: ProtectedResource): ProblemOptions {
  const challenge = bearerChallengeFor(error, resource);
  return {
    status: error.status,
    code: error.isBareChallenge ? "unauthenticated" : error.code,
    detail: error.isBareChallenge ? GENERIC_SENTENCES.unauthenticated : error.description,
    ...(error.status === 503 ? { type: REDUCED_CAPACITY } : {}),
    headers: {
      ...(challenge === undefined ? {} : { "WWW-Authenticate": challenge }),
      ...(error.retryAfterSeconds === undefined ? {} : { "Retry-After": String(error.retryAfterSeconds) }),
    },
  };
}

function appProblem(error: AppError): ProblemOptions {
  const fields = Object.entries(error.fieldErrors ?? {}).map(([field, reason]): [string, string[]] => [
    field,
    [SENTENCES[reason] ?? GENERIC_SENTENCES[error.code]],
  ]);
  return {
    status: STATUS_OF[error.code],
    code: error.reason,
    detail: fieldDetail(fields) ?? SENTENCES[error.reason] ?? GENERIC_SENTENCES[error.code],
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
  };
}

/** The sentence for people about a handful of wrong fields; undefined when there are none. */
export function fieldDetail(fields: readonly (readonly [field: string, sentences: readonly string[]])[]) {
  if (fields.length === 0) return undefined;
  return fields.map(([field, sentences]) => `${field}: ${sentences.join(" ")}`).join(" ");
}
