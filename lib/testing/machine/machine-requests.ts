import { randomUUID } from "node:crypto";
import type { EndpointHandler, RouteHandler } from "@/lib/http/endpoint";
import { runWithRequestContext } from "@/lib/http/request-context";
import { type EndpointResponse, toWebResponse } from "@/lib/oauth/http/endpoint-response";
import { setLogDestination } from "@/lib/observability/logger";

export const TEST_ADDRESS = "192.0.2.7";

const ORIGIN = "http://localhost:3000";

/** An answer, read to its end: whole headers and whole body, to be compared as such. */
export type Answer = {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: unknown;
  /** The RateLimit fields. Not enumerable, and among the headers of a 429 only: what is left differs from call to call. */
  readonly quota: Readonly<Record<string, string>>;
};

type TokenCall = {
  /** Form fields beside the credentials; `grant_type` and a `scope` for alice are added unless given. */
  fields?: Record<string, string>;
  /** How the credentials are sent. */
  method?: "basic" | "post";
  address?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** Asks a machine for a token as a client would, from TEST_ADDRESS unless told otherwise. */
export function askForToken(
  machine: { tokenEndpoint: Endpoint },
  credentials: { clientId: string; secret: string },
  call: TokenCall = {},
): Promise<Answer> {
  const { clientId, secret } = credentials;
  const body = new URLSearchParams({ grant_type: "client_credentials", scope: "alice@example.com", ...call.fields });
  const headers = new Headers(call.headers);
  if (call.method === "post") {
    body.set("client_id", clientId);
    body.set("client_secret", secret);
  } else headers.set("Authorization", `Basic ${btoa(`${clientId}:${secret}`)}`);
  const request = new Request(`${ORIGIN}/api/oauth/token`, {
    method: "POST",
    headers,
    body,
    signal: call.signal ?? null,
  });
  return send((sent) => machine.tokenEndpoint(sent), request, call.address);
}

/** Asks for a token that must be given, and returns it. */
export async function obtainToken(
  machine: { tokenEndpoint: Endpoint },
  credentials: { clientId: string; secret: string },
  call: TokenCall = {},
): Promise<string> {
  const answer = await askForToken(machine, credentials, call);
  const token = memberOf(answer.json, "access_token");
  if (answer.status !== 200 || typeof token !== "string") throw new Error(`No token: ${answer.status} ${answer.text}`);
  return token;
}

/** Presents a token to the revocation or the introspection endpoint as a client would. */
export function presentToken(
  endpoint: Endpoint,
  { clientId, secret }: { clientId: string; secret: string },
  token: string,
  call: { fields?: Record<string, string>; address?: string } = {},
): Promise<Answer> {
  const body = new URLSearchParams({ token, ...call.fields });
  const headers = { Authorization: `Basic ${btoa(`${clientId}:${secret}`)}` };
  return send(endpoint, new Request(`${ORIGIN}/api/oauth/`, { method: "POST", headers, body }), call.address);
}

/** Calls a handler of the external API. */
export function callExternal(
  handler: EndpointHandler | RouteHandler,
  call: {
    token?: string | undefined;
    method?: string;
    path?: string;
    params?: Record<string, string>;
    headers?: Record<string, string>;
    body?: BodyInit | null;
  } = {},
): Promise<Answer> {
  const { token, method = "GET", path = "/api/external/rooms", params = {}, body = null } = call;
  const headers = new Headers(call.headers);
  if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
  const request = new Request(`${ORIGIN}${path}`, { method, headers, body });
  return send((sent) => handler(sent, { params: Promise.resolve(params) }), request);
}

/** An endpoint, or what a route file exports for it. */
type Endpoint = (request: Request) => Promise<EndpointResponse | Response>;

/** Sends a request to an endpoint as server.ts would, in a request context of its own. */
export async function send(endpoint: Endpoint, request: Request, clientAddress = TEST_ADDRESS): Promise<Answer> {
  const answered = await runWithRequestContext({ clientAddress, requestId: randomUUID() }, () => endpoint(request));
  const response = answered instanceof Response ? answered : toWebResponse(answered);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== "";
  const fields = [...response.headers];
  const isQuota = ([name]: [string, string]) => name.startsWith("ratelimit");
  const answer = {
    status: response.status,
    headers: Object.fromEntries(fields.filter((field) => response.status === 429 || !isQuota(field))),
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
  return Object.defineProperty(answer, "quota", { value: Object.fromEntries(fields.filter(isQuota)) }) as Answer;
}

/** One member of a parsed JSON object; undefined for anything else. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Collects every log line until `stop` is called. */
export function captureLog(): { lines: string[]; stop(): void } {
  const lines: string[] = [];
  setLogDestination({ write: (line: string) => void lines.push(line) });
  return { lines, stop: () => setLogDestination(undefined) };
}
