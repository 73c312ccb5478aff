import "server-only";

import type { NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { clearSiteData } from "@/lib/auth/clear-site-data";
import { toReturnPath } from "@/lib/auth/return-path";
import { cookieSettings, openSessionCookieOf, readSessionId, SESSION_COOKIE_SECONDS } from "@/lib/auth/session-cookie";
import { sessionContext, visitorContext } from "@/lib/auth/verb-contexts";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { log } from "@/lib/observability/logger";
import { routes } from "@/lib/routes";
import { endStaffSession } from "@/lib/staff/sessions/end-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { authenticateStaff } from "@/lib/staff/sign-in/authenticate-staff";
import { signInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { openDeviceCookieOf } from "./device-cookie";
import { noteSignInOutcome } from "./sign-in-attempt";

/**
 * The settings of next-auth, made anew for each call: nothing is read from the configuration when a module is loaded,
 * which `next build` does without one. The cookie carries the id of a session and nothing else; the row decides.
 */
export function authConfig(): NextAuthConfig {
  const { authSecret, publicUrl } = config();
  return {
    basePath: "/api/auth",
    secret: authSecret,
    // server.ts lets no foreign Host header through, and no address below is built from one.
    trustHost: true,
    useSecureCookies: publicUrl.startsWith("https:"),
    session: { strategy: "jwt", maxAge: SESSION_COOKIE_SECONDS },
    cookies: {
      sessionToken: cookieSettings("session"),
      callbackUrl: cookieSettings("callback-url"),
      csrfToken: cookieSettings("csrf-token"),
    },
    pages: {
      signIn: routes.signIn(),
      signOut: routes.signIn(),
      error: routes.signIn(),
      verifyRequest: routes.signIn(),
    },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) => authorize(credentials, request.headers),
      }),
    ],
    callbacks: {
      // A user is there at sign-in only. Whatever else a token carried is dropped each time.
      jwt: ({ token, user }) => {
        const sessionId = readSessionId(user ?? token);
        return sessionId === undefined ? null : { sessionId };
      },
      redirect: ({ url }) => publicUrl + toReturnPath(withoutOrigin(url, publicUrl)),
    },
    events: {
      async signOut(message) {
        await endSealedSession("token" in message ? message.token : undefined);
        clearSiteData();
      },
    },
    logger: {
      // The names of its errors are enough: their text and causes may quote the request.
      error: (error) => log.info({ event: "next_auth_refused", error: error.name }, "next-auth refused a request"),
      warn: (code) => log.debug({ event: "next_auth_warned", code }, "next-auth warned"),
      debug: () => {},
    },
  };
}

/** Where every password sign-in ends up, through our form or straight at next-auth's route. `null` is its "no". */
async function authorize(
  credentials: Partial<Record<"email" | "password", unknown>>,
  headers: Headers,
): Promise<{ id: string; sessionId: string } | null> {
  const { email, password } = credentials;
  if (typeof email !== "string" || typeof password !== "string") return null;
  try {
    const answer = await authenticateStaff(
      visitorContext(),
      {
        email,
        password,
        replacedSessionId: await openSessionCookieOf(headers),
        device: await openDeviceCookieOf(headers),
      },
      { throttle: signInThrottle() },
    );
    if ("pending" in answer) {
      // next-auth has no word for it. Its own route ends here: the second factor is asked for by our form.
      noteSignInOutcome(answer);
      return null;
    }
    noteSignInOutcome({ signedIn: { email } });
    return { id: answer.signedIn.staffId, sessionId: answer.signedIn.sessionId };
  } catch (error) {
    noteSignInOutcome({ error });
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** For next-auth's own sign-out route; our sign-out has ended the session before. */
async function endSealedSession(token: unknown): Promise<void> {
  const sessionId = readSessionId(token);
  const session = sessionId === undefined ? undefined : await findLiveSession(sessionId, new Date());
  if (session !== undefined) await endStaffSession(sessionContext(session), session.sessionId);
}

function withoutOrigin(url: string, publicUrl: string): string {
  return url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : url;
}
