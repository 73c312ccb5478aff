import type { LoadRequest } from "../harness/load";

export const CONNECTIONS = 16;
export const TOKEN_PATH = "/api/oauth/token";
const ROOMS_PATH = "/api/external/rooms";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** A token request with the secret in the body (RFC 6749 section 2.3.1). */
export function tokenRequest(
  path: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  more: Record<string, string>,
): LoadRequest {
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, ...more };
  return { method: "POST", path, headers: FORM, body: new URLSearchParams(form).toString() };
}

/** One for each person, from the applications in turn. */
export function tokenRequests(
  path: string,
  applications: readonly { clientId: string; clientSecret: string }[],
  people: readonly string[],
): LoadRequest[] {
  return people.flatMap((person, index) => {
    const application = applications[index % applications.length];
    return application === undefined ? [] : [tokenRequest(path, application, { requested_subject: person })];
  });
}

/** Calls of the rooms API with each of `tokens`. A creation has no body: every member has a default. */
export function roomRequests(method: "GET" | "POST", tokens: readonly string[]): LoadRequest[] {
  return tokens.map((token) => ({ method, path: ROOMS_PATH, headers: { authorization: `Bearer ${token}` } }));
}
