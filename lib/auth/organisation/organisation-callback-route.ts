import "server-only";

import { timingSafeEqual } from "node:crypto";
import type { NextResponse } from "next/server";
import { openSessionCookieOf, setSessionCookie } from "@/lib/auth/session-cookie";
import { sessionContext, visitorContext } from "@/lib/auth/verb-contexts";
import { config } from "@/lib/env/config";
import type { OpenIdSettings } from "@/lib/env/services/read-openid-settings";
import { AppError } from "@/lib/errors/app-error";
import { completeAuthorization } from "@/lib/openid/complete-authorization";
import type { OrganisationIdentity } from "@/lib/openid/organisation-identity";
import { routes } from "@/lib/routes";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { reauthenticateWithOrganisation } from "@/lib/staff/sign-in/reauthenticate-with-organisation";
import { signInWithOrganisation } from "@/lib/staff/sign-in/sign-in-with-organisation";
import { takeOrganisationAnswer } from "@/lib/staff/sign-in/take-organisation-answer";
import { leadTo, noteRefusal, organisationNotConfigured, reportProblem } from "./organisation-answer";
import { flowCookie, ORGANISATION_FLOW_SECONDS, type OrganisationFlow, openFlowOf } from "./organisation-flow-cookie";

/** Takes the provider's answer: from the browser that asked for it, for what it was asked for, and once. */
export async function handleOrganisationCallback(request: Request): Promise<Response> {
  const { openId, publicUrl } = config();
  if (openId === undefined) return organisationNotConfigured();
  const flow = await openFlowOf(request.headers);
  // Whatever Host the request names, the answer is for the address that was registered.
  const { search, searchParams } = new URL(request.url);
  const answerUrl = new URL(publicUrl + routes.organisation.callback() + search);
  if (flow === undefined || !isSame(searchParams.getAll("state"), flow.state)) {
    // The cookie stays: a forged answer must not break off a sign-in that is under way.
    noteRefusal("organisation_flow_lost");
    return leadTo(routes.signIn(), "organisation_flow_lost");
  }
  const response = await answer(request, openId, answerUrl, flow);
  const { name, options } = flowCookie();
  response.cookies.set(name, "", { ...options, maxAge: 0 });
  return response;
}

async function answer(
  request: Request,
  openId: OpenIdSettings,
  answerUrl: URL,
  flow: OrganisationFlow,
): Promise<NextResponse> {
  const isConfirmation = flow.sessionId !== undefined;
  try {
    const expiresAt = new Date(flow.startedAt + 2 * ORGANISATION_FLOW_SECONDS * 1_000);
    if (!(await takeOrganisationAnswer(visitorContext(), { state: flow.state, expiresAt }))) {
      throw new AppError("unauthenticated", "organisation_flow_lost");
    }
    const identity = await completeAuthorization(openId, answerUrl, flow);
    const sessionId = await letIn(request.headers, openId, identity, flow);
    const response = leadTo(isConfirmation ? routes.identityConfirmed() : flow.returnTo);
    await setSessionCookie(response.cookies, sessionId);
    return response;
  } catch (error) {
    const back = isConfirmation ? routes.identityConfirmed() : routes.signIn({ to: flow.returnTo });
    return leadTo(back, reportProblem(error));
  }
}

/** Returns the id of the new session. */
async function letIn(
  headers: Headers,
  { roleMap }: OpenIdSettings,
  identity: OrganisationIdentity,
  flow: OrganisationFlow,
): Promise<string> {
  const ownSessionId = await openSessionCookieOf(headers);
  if (flow.sessionId === undefined) {
    const answered = { identity, roleMap, replacedSessionId: ownSessionId };
    return (await signInWithOrganisation(visitorContext(), answered)).sessionId;
  }
  const session = ownSessionId === flow.sessionId ? await findLiveSession(ownSessionId, new Date()) : undefined;
  if (session === undefined) throw new AppError("unauthenticated", "session_ended");
  const askedAt = new Date(flow.startedAt);
  return (await reauthenticateWithOrganisation(sessionContext(session), { identity, roleMap, askedAt })).sessionId;
}

function isSame(given: readonly string[], expected: string): boolean {
  const [state = "", ...more] = given;
  const [a, b] = [Buffer.from(state), Buffer.from(expected)];
  return more.length === 0 && a.length === b.length && timingSafeEqual(a, b);
}
