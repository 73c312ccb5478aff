import "server-only";

import { NextRequest, NextResponse } from "next/server";
import { config } from "@/lib/env/config";
import { setDeviceCookie } from "./device-cookie";
import { observeSignIn } from "./sign-in-attempt";

type Handler = (request: NextRequest) => Promise<Response>;

/** All that is needed to sign in and out without our form. next-auth knows more; none of it is offered. */
const OFFERED: Record<string, readonly string[]> = {
  GET: ["csrf", "providers", "signin", "signout", "error"],
  POST: ["callback/credentials", "signout"],
};

/**
 * Wraps next-auth's handler: other paths are not found, addresses in answers are built from PUBLIC_URL whatever the
 * Host header says, no answer is stored, and a browser in which somebody has signed in is known from then on.
 */
export function createAuthRoute(handle: Handler): Handler {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const action = pathname.replace(/^\/api\/auth\/|\/$/g, "");
    if (!OFFERED[request.method]?.includes(action)) return answer(null, 404);
    const own = new NextRequest(new URL(`/api/auth/${action}${search}`, config().publicUrl), request);
    let answered: Response | undefined;
    const outcome = await observeSignIn(async () => {
      answered = await handle(own);
    });
    if (answered === undefined)
      throw outcome !== undefined && "error" in outcome ? outcome.error : new Error("no answer");
    const response = withoutStore(answered);
    if (outcome !== undefined && "signedIn" in outcome) await addDeviceCookie(response, outcome.signedIn.email);
    return response;
  };
}

/** Beside those of next-auth, which stay as they are. */
async function addDeviceCookie({ headers }: Response, email: string): Promise<void> {
  const written = new NextResponse();
  await setDeviceCookie(written.cookies, email);
  for (const line of written.headers.getSetCookie()) headers.append("Set-Cookie", line);
}

function answer(body: null, status: number): Response {
  return withoutStore(new Response(body, { status }));
}

function withoutStore(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set("Cache-Control", "private, no-store");
  return new Response(response.body, { status: response.status, headers });
}
