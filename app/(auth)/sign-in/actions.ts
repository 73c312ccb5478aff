"use server";

import { redirect, unstable_rethrow } from "next/navigation";
import type { ActionError } from "@/lib/actions/action-result";
import { toActionError } from "@/lib/actions/to-action-error";
import { toReturnPath } from "@/lib/auth/return-path";
import { signInWithPassword } from "@/lib/auth/sign-in/sign-in-with-password";
import { routes } from "@/lib/routes";

/** `email` goes back into its field, so that a mistyped password costs one field; the password goes nowhere. */
export type SignInState = { error?: ActionError; email: string };

/**
 * Signs in and leads to the page that was asked for, the overview without one, or says why not. Whoever has a second factor
 * is asked for it first. Works without scripts.
 */
export async function signInAction(_previous: SignInState, form: FormData): Promise<SignInState> {
  const email = textOf(form, "email");
  const to = toReturnPath(form.get("to"));
  let outcome: Awaited<ReturnType<typeof signInWithPassword>>;
  try {
    outcome = await signInWithPassword({ email, password: textOf(form, "password") });
  } catch (error) {
    unstable_rethrow(error);
    return { error: toActionError(error), email };
  }
  redirect(outcome === "pending" ? routes.secondFactor({ to }) : to);
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}
