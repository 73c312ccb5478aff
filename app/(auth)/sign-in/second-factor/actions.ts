"use server";

import { redirect, unstable_rethrow } from "next/navigation";
import type { ActionError } from "@/lib/actions/action-result";
import { toActionError } from "@/lib/actions/to-action-error";
import { toReturnPath } from "@/lib/auth/return-path";
import { finishPendingSignIn } from "@/lib/auth/sign-in/finish-pending-sign-in";
import { routes } from "@/lib/routes";

export type SecondFactorState = { error?: ActionError };

/**
 * Finishes a sign-in with a code and leads to the page that was asked for, or says why not; back to the beginning where
 * nothing is pending any more. Works without scripts.
 */
export async function finishSignInAction(_previous: SecondFactorState, form: FormData): Promise<SecondFactorState> {
  const code = form.get("code");
  const to = toReturnPath(form.get("to"));
  try {
    await finishPendingSignIn(typeof code === "string" ? code : "");
  } catch (error) {
    unstable_rethrow(error);
    const failure = toActionError(error);
    if (failure.reason !== "second_factor_lost") return { error: failure };
    redirect(routes.signIn({ to, problem: failure.reason }));
  }
  redirect(to);
}
