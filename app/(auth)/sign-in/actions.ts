"use server";

import { redirect, unstable_rethrow } from "next/navigation";
import type { ActionError } from "@/lib/actions/action-result";
import { toActionError } from "@/lib/actions/to-action-error";
import { toReturnPath } from "@/lib/auth/return-path";
import { signInWithPassword } from "@/lib/auth/sign-in/sign-in-with-password";

/** `email` goes back into its field, so that a mistyped password costs one field; the password goes nowhere. */
export type SignInState = { error?: ActionError; email: string };

/** Signs in and leads to the page that was asked for, the overview without one, or says why not. Works without scripts. */
export async function signInAction(_previous: SignInState, form: FormData): Promise<SignInState> {
  const email = textOf(form, "email");
  try {
    await signInWithPassword({ email, password: textOf(form, "password") });
  } catch (error) {
    unstable_rethrow(error);
    return { error: toActionError(error), email };
  }
  redirect(toReturnPath(form.get("to")));
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}
