import "server-only";

import { NextRequest } from "next/server";
import { config } from "@/lib/env/config";

type Handler = (request: NextRequest) => Promise<Response>;

/** All that is needed to sign in and out without our form. next-auth knows more; none of it is offered. */
const OFFERED: Record<string, readonly string[]> = {
  GET: ["csrf", "providers", "signin", "signout", "error"],
  POST: ["callback/credentials", "signout"],
};

/**
 * Wraps next-auth's handler: other paths are not found, addresses in answers are built from PUBLIC_URL whatever the
 * Host header says, and no answer is stored.
 */
export function createAuthRoute(handle: Handler): Handler {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const action = pathname.replace(/^\/api\/auth\/|\/$/g, "");
    if (!OFFERED[request.method]?.includes(action)) return answer(null, 404);
    const own = new NextRequest(new URL(`/api/auth/${action}${search}`, config().publicUrl), request);
    return withoutStore(await handle(own));
  };
}

function answer(body: null, status: number): Response {
  return withoutStore(new Response(body, { status }));
}

function withoutStore(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set("Cache-Control", "private, no-store");
  return new Response(response.body, { status: response.status, headers });
}
