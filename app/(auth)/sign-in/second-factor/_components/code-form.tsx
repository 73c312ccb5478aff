"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { finishSignInAction } from "../actions";

type CodeFormProps = {
  kind: "app" | "recovery" /** What the page asks for first. */;
  isFirst: boolean;
  returnTo: string;
};

/** Asks for a code of the authenticator app, or for one of the recovery codes. Works without scripts. */
export function CodeForm({ kind, isFirst, returnTo }: CodeFormProps) {
  const t = useTranslations("secondFactorSignIn");
  const [state, action, isBusy] = useActionState(finishSignInAction, {});
  const isApp = kind === "app";
  return (
    <form action={action} noValidate className="space-y-5">
      <input type="hidden" name="to" value={returnTo} />
      <TextField
        id={`${kind}-code`}
        name="code"
        label={t(isApp ? "appLabel" : "recoveryLabel")}
        hint={t(isApp ? "appHint" : "recoveryHint")}
        autoComplete={isApp ? "one-time-code" : "off"}
        inputMode={isApp ? "numeric" : "text"}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={64}
        autoFocus={isFirst}
      />
      <SubmitButton isBusy={isBusy} className="w-full" variant={isFirst ? "primary" : "secondary"}>
        {t("submit")}
      </SubmitButton>
      {state.error !== undefined && !isBusy && <FormFailure error={state.error} />}
    </form>
  );
}
