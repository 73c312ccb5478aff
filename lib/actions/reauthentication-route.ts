import "server-only";

import { NextResponse } from "next/server";
import { z } from "zod";
import { requireOwnOrigin } from "@/lib/auth/same-origin";
import { openSessionCookieOf, setSessionCookie } from "@/lib/auth/session-cookie";
import { sessionContext } from "@/lib/auth/verb-contexts";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { readJsonBody } from "@/lib/http/json-body";
import { HttpProblem, problemResponse } from "@/lib/http/problem";
import { toWebResponse } from "@/lib/oauth/http/endpoint-response";
import { passkeyAnswerSchema } from "@/lib/staff/second-factor/passkeys/passkey.schema";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { reauthenticateStaff } from "@/lib/staff/sign-in/reauthenticate-staff";
import { signInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import type { ActionResult } from "./action-result";
import { toActionError } from "./to-action-error";

const bodySchema = z.union([
  z.strictObject({ password: z.string(), code: z.string().max(64).optional() }),
  z.strictObject({ passkey: passkeyAnswerSchema }),
]);

/**
 * Takes the proof of somebody who is signed in and answers with the cookie of a fresh session. A route and no
 * action, because a cookie that an action sets makes Next render the page anew, under the hands of whoever is filling
 * it in.
 */
export async function handleReauthentication(request: Request): Promise<Response> {
  try {
    const sessionId = await reauthenticate(request);
    const response = respond({ ok: true, data: null });
    await setSessionCookie(response.cookies, sessionId);
    return response;
  } catch (error) {
    if (error instanceof HttpProblem) return toWebResponse(problemResponse(error.problem));
    return respond({ ok: false, error: toActionError(error) });
  }
}

/** Returns the id of the new session. */
async function reauthenticate(request: Request): Promise<string> {
  requireOwnOrigin(request.headers, config().publicUrl);
  const sessionId = await openSessionCookieOf(request.headers);
  const session = sessionId === undefined ? undefined : await findLiveSession(sessionId, new Date());
  if (session === undefined) throw new AppError("unauthenticated", "session_ended");
  const body = bodySchema.safeParse(await readJsonBody(request));
  if (!body.success) throw new AppError("invalid", "invalid");
  const deps = { throttle: signInThrottle() };
  return (await reauthenticateStaff(sessionContext(session), body.data, deps)).sessionId;
}

function respond(result: ActionResult<null>): NextResponse {
  return NextResponse.json(result, { headers: { "Cache-Control": "private, no-store" } });
}
