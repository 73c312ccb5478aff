"use server";

import { redirect, unstable_rethrow } from "next/navigation";
import type { ActionError } from "@/lib/actions/action-result";
import { toActionError } from "@/lib/actions/to-action-error";
import { visitorAction } from "@/lib/actions/visitor-action";
import { toReturnPath } from "@/lib/auth/return-path";
import { askPendingPasskey, finishPendingSignIn } from "@/lib/auth/sign-in/finish-pending-sign-in";
import { routes } from "@/lib/routes";
import { passkeySignInSchema } from "@/lib/staff/second-factor/passkeys/passkey.schema";
import { nothingSchema } from "@/lib/staff/staff.schema";

export type SecondFactorState = { error?: ActionError };

/**
 * Finishes a sign-in with a code and leads to the page that was asked for, or says why not; back to the beginning where
 * nothing is pending any more. Works without scripts.
 */
export async function finishSignInAction(_previous: SecondFactorState, form: FormData): Promise<SecondFactorState> {
  const code = form.get("code");
  const to = toReturnPath(form.get("to"));
  try {
    await finishPendingSignIn({ code: typeof code === "string" ? code : "" });
  } catch (error) {
    unstable_rethrow(error);
    const failure = toActionError(error);
    if (failure.reason !== "second_factor_lost") return { error: failure };
    redirect(routes.signIn({ to, problem: failure.reason }));
  }
  redirect(to);
}

/** What the browser needs to ask a passkey. */
export const askPasskeyAction = visitorAction({ schema: nothingSchema, run: () => askPendingPasskey() });

/** Finishes a sign-in with what a passkey has signed, and leads to the page that was asked for. */
export const finishPasskeySignInAction = visitorAction({
  schema: passkeySignInSchema,
  async run({ passkey, to }) {
    await finishPendingSignIn({ passkey });
    redirect(toReturnPath(to));
  },
});
