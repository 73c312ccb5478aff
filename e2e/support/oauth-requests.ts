import { type HttpAnswer, type HttpRequest, send } from "./http-client";

export type Credentials = { clientId: string; clientSecret: string };

export const TOKEN_PATH = "/api/oauth/token";
export const ROOMS_PATH = "/api/external/rooms";

/** The `Authorization` value of HTTP Basic with both halves form-encoded (RFC 6749 section 2.3.1). */
export function basic({ clientId, clientSecret }: Credentials): string {
  return rawBasic(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
}

/** The `Authorization` value of HTTP Basic around whatever it is given. */
export function rawBasic(userPass: string | Buffer): string {
  return `Basic ${Buffer.from(userPass as string).toString("base64")}`;
}

/** Posts a form to the token endpoint. `form` is sent as it stands: tests decide about encoding and repetition. */
export function postForm(
  baseUrl: string,
  form: string,
  { headers, ...rest }: Omit<HttpRequest, "path" | "body"> = {},
): Promise<HttpAnswer> {
  return send(baseUrl, {
    method: "POST",
    path: TOKEN_PATH,
    body: form,
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    ...rest,
  });
}

/** The form of an ordinary request with the credentials in the body. */
export function tokenForm(credentials: Credentials, scope: string, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    scope,
    ...more,
  }).toString();
}

/** Obtains an access token, or throws with what the server said. */
export async function obtainToken(baseUrl: string, credentials: Credentials, scope: string): Promise<string> {
  const answer = await postForm(baseUrl, tokenForm(credentials, scope));
  const { access_token: token } = (answer.json ?? {}) as { access_token?: unknown };
  if (answer.status !== 200 || typeof token !== "string") throw new Error(`No token: ${answer.status} ${answer.text}`);
  return token;
}

/** Calls the external API with a bearer token. */
export function callApi(
  baseUrl: string,
  token: string,
  { path = ROOMS_PATH, headers, ...rest }: Partial<HttpRequest> = {},
): Promise<HttpAnswer> {
  return send(baseUrl, { path, headers: { Authorization: `Bearer ${token}`, ...headers }, ...rest });
}

/** The payload of a JWT, read without any check. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
}

/** The header of a JWT, read without any check. */
export function headerOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
}
