import { OAuthError } from "../oauth-error";
import type { EndpointRequest } from "./endpoint-request";
import type { ParameterEntry } from "./form-encoding";

/** Values by name in the order sent, empty ones left out. A Map: `__proto__` is a name like any other. */
export type RequestParameters = ReadonlyMap<string, readonly string[]>;

/** Registered parameters that a request may hold once (RFC 6749 §3.2), of every grant: a secret of any has no place in a URL. */
const SINGLE_PARAMETERS: ReadonlySet<string> = new Set([
  "grant_type",
  "scope",
  "requested_subject",
  "client_id",
  "client_secret",
  "client_assertion",
  "client_assertion_type",
  "assertion",
  "code",
  "code_verifier",
  "redirect_uri",
  "refresh_token",
  "username",
  "password",
  "subject_token",
  "actor_token",
  "token",
  "token_type_hint",
  "access_token",
]);

/** Registered parameters that may repeat: RFC 8707 §2 and RFC 8693 §2.1. */
const REPEATABLE_PARAMETERS: ReadonlySet<string> = new Set(["resource", "audience"]);

/** Every parameter that is recognised, of whichever grant and endpoint. */
export const KNOWN_PARAMETERS: readonly string[] = [...SINGLE_PARAMETERS, ...REPEATABLE_PARAMETERS];

/**
 * Refuses a recognised parameter in the URL, with or without a value: RFC 6749 §2.3.1 keeps credentials out of the
 * request URI, and one place to look is one place to check.
 */
export function refuseQueryParameters(request: EndpointRequest): void {
  if (!request.url.includes("?")) return;
  for (const name of new URL(request.url).searchParams.keys()) {
    if (SINGLE_PARAMETERS.has(name) || REPEATABLE_PARAMETERS.has(name)) {
      throw new OAuthError("invalid_request", { reason: "parameter_in_query" });
    }
  }
}

/** RFC 6749 §3.2 and §5.2: a recognised parameter may not be repeated, not even with the same or no value. */
export function refuseRepeatedParameters(entries: readonly ParameterEntry[]): void {
  const seen = new Set<string>();
  for (const [name] of entries) {
    if (SINGLE_PARAMETERS.has(name) && seen.has(name)) {
      throw new OAuthError("invalid_request", { reason: "parameter_repeated" });
    }
    seen.add(name);
  }
}

/** RFC 6749 §3.2: a parameter sent without a value is treated as if it were omitted. */
export function collectParameters(entries: readonly ParameterEntry[]): RequestParameters {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (value === "") continue;
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  return parameters;
}

/** The value of a parameter that occurs at most once. */
export function readParameter(parameters: RequestParameters, name: string): string | undefined {
  return parameters.get(name)?.[0];
}
