"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { PasswordField, TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { signInAction } from "../actions";

/**
 * E-mail and password, and where to go afterwards. On a failure the e-mail stays and the answer is the same whichever of
 * them was wrong.
 */
export function SignInForm({ returnTo }: { returnTo: string }) {
  const t = useTranslations("signIn");
  const [state, action, isBusy] = useActionState(signInAction, { email: "" });
  return (
    <form action={action} noValidate className="space-y-5">
      <input type="hidden" name="to" value={returnTo} />
      <TextField
        // A new default arrives with the answer; the field has to be made anew to show it.
        key={state.email}
        id="email"
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
        defaultValue={state.email}
      />
      <PasswordField id="password" label={t("password")} name="password" />
      <SubmitButton isBusy={isBusy} className="w-full">
        {t("submit")}
      </SubmitButton>
      {state.error !== undefined && !isBusy && <FormFailure error={state.error} />}
    </form>
  );
}
