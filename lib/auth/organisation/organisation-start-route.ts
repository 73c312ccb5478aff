import "server-only";

import { NextResponse } from "next/server";
import { toReturnPath } from "@/lib/auth/return-path";
import { openSessionCookieOf } from "@/lib/auth/session-cookie";
import { config } from "@/lib/env/config";
import { beginAuthorization } from "@/lib/openid/begin-authorization";
import { routes } from "@/lib/routes";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { leadTo, organisationNotConfigured, reportProblem } from "./organisation-answer";
import { flowCookie, ORGANISATION_FLOW_SECONDS, sealFlow } from "./organisation-flow-cookie";

/**
 * Sends a browser to the provider to sign in, or with `confirm` to prove once more who is signed in. Only links on our
 * own pages lead there: nobody else may start a sign-in in somebody's browser.
 */
export async function handleOrganisationStart(request: Request): Promise<Response> {
  const { openId, publicUrl } = config();
  if (openId === undefined) return organisationNotConfigured();
  if (!isFromOwnPage(request.headers, publicUrl)) return leadTo(routes.signIn());
  const { searchParams } = new URL(request.url);
  const returnTo = toReturnPath(searchParams.get("to"));
  const isFresh = searchParams.has("confirm");
  const now = new Date();
  try {
    const sessionId = isFresh ? await findSessionId(request.headers, now) : undefined;
    if (isFresh && sessionId === undefined) return leadTo(routes.identityConfirmed(), "session_ended");
    const redirectUri = publicUrl + routes.organisation.callback();
    const { url, secrets } = await beginAuthorization(openId, { redirectUri, isFresh });
    const flow = { ...secrets, returnTo, startedAt: now.getTime(), ...(sessionId === undefined ? {} : { sessionId }) };
    const { name, options } = flowCookie();
    const response = NextResponse.redirect(url, { status: 303, headers: { "Cache-Control": "private, no-store" } });
    response.cookies.set(name, await sealFlow(flow), { ...options, maxAge: ORGANISATION_FLOW_SECONDS });
    return response;
  } catch (error) {
    return leadTo(isFresh ? routes.identityConfirmed() : routes.signIn({ to: returnTo }), reportProblem(error));
  }
}

async function findSessionId(headers: Headers, now: Date): Promise<string | undefined> {
  const sessionId = await openSessionCookieOf(headers);
  return sessionId === undefined ? undefined : (await findLiveSession(sessionId, now))?.sessionId;
}

/** Browsers say where a navigation began, and no page can make them say something else. */
function isFromOwnPage(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const referer = headers.get("referer") ?? "";
  return URL.canParse(referer) && new URL(referer).origin === publicUrl;
}
