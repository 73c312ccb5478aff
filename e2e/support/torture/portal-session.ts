import { readFileSync } from "node:fs";
import { type APIRequestContext, request as requests } from "@playwright/test";
import type { HttpAnswer } from "../http-client";

type Staff = { email: string; password: string };
type Cookies = Awaited<ReturnType<APIRequestContext["storageState"]>>;
type Manifest = { node: Record<string, { exportedName?: string }> };

/** What the answer to an action holds besides the page: the value that it returned. */
const RESULT = /^1:(\{.*\})$/m;

let manifest: Manifest | undefined;

/** The id under which the build has published a server action. */
function idOf(action: string): string {
  manifest ??= JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as Manifest;
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === action);
  if (found === undefined) throw new Error(`The build has no action ${action}.`);
  return found[0];
}

type Asked = { baseUrl: string; path: string; action: string; input: unknown };
type Answered = { status: number; text: string; result: { ok?: boolean; data?: unknown; error?: { reason: string } } };

/** Calls a server action from a page of `baseUrl` with the cookies of `context`, whether or not that page offers it. */
export async function postAction(
  context: APIRequestContext,
  { baseUrl, path, action, input }: Asked,
): Promise<Answered> {
  const answer = await context.post(baseUrl + path, {
    headers: {
      Origin: baseUrl,
      "Next-Action": idOf(action),
      "Content-Type": "text/plain;charset=UTF-8",
      Accept: "text/x-component",
    },
    data: JSON.stringify([input]),
    maxRedirects: 0,
    timeout: 60_000,
  });
  const text = await answer.text();
  return { status: answer.status(), text, result: JSON.parse(RESULT.exec(text)?.[1] ?? "{}") as Answered["result"] };
}

/** A member of staff who acts through the portal as its pages do, without a browser: thousands of times in a test. */
export type PortalSession = {
  /** Calls a server action from the page at `path`. Throws when it was not acknowledged. */
  act<Data>(path: string, action: string, input: unknown): Promise<Data>;
  /** Opens a page as a browser does. */
  open(path: string): Promise<HttpAnswer>;
  /** The cookies, for a browser that is signed in as this. */
  cookies(): Promise<Cookies>;
  close(): Promise<void>;
};

/** Signs in at `baseUrl`. */
export async function signInToPortal(baseUrl: string, staff: Staff): Promise<PortalSession> {
  const context = await requests.newContext({ baseURL: baseUrl, storageState: { cookies: [], origins: [] } });
  const { csrfToken } = (await (await context.get("/api/auth/csrf")).json()) as { csrfToken: string };
  await context.post("/api/auth/callback/credentials", { form: { csrfToken, ...staff }, maxRedirects: 0 });
  return {
    async act<Data>(path: string, action: string, input: unknown) {
      const { status, text, result } = await postAction(context, { baseUrl, path, action, input });
      if (status !== 200 || result.ok !== true) throw new Error(`${action}: ${status} ${text}`);
      return result.data as Data;
    },
    async open(path) {
      const answer = await context.get(path, { headers: { Accept: "text/html" }, maxRedirects: 0, timeout: 60_000 });
      return { status: answer.status(), headers: answer.headers(), text: await answer.text(), json: undefined };
    },
    cookies: () => context.storageState(),
    close: () => context.dispose(),
  };
}
