import "server-only";

import { cookies } from "next/headers";
import { requireSameOrigin } from "@/lib/auth/same-origin";
import { routes } from "@/lib/routes";
import type { SignInInput } from "@/lib/staff/sign-in/authenticate-staff";
import { setDeviceCookie } from "./device-cookie";
import { signIn } from "./next-auth";
import { setPendingCookie } from "./pending-cookie";
import { observeSignIn } from "./sign-in-attempt";

/**
 * Signs in and sets the cookies of the session and of the browser; for a server action, which then redirects. Whoever has
 * a second factor is not signed in yet: they get the cookie of a pending sign-in only. Returns which it was. Throws AppError `forbidden` for a request from another site, `unauthenticated` / `sign_in_failed`, and `unavailable` /
 * `sign_in_throttled` or `sign_in_busy`. Anything else it throws is an outage.
 */
export async function signInWithPassword({ email, password }: SignInInput): Promise<"signed_in" | "pending"> {
  await requireSameOrigin();
  const redirectTo = routes.home();
  const outcome = await observeSignIn(() => signIn("credentials", { email, password, redirectTo, redirect: false }));
  if (outcome === undefined) throw new Error("next-auth did not ask for the credentials to be checked.");
  if ("error" in outcome) throw outcome.error;
  if ("pending" in outcome) {
    setPendingCookie(await cookies(), outcome.pending.token);
    return "pending";
  }
  await setDeviceCookie(await cookies(), outcome.signedIn.email);
  return "signed_in";
}
