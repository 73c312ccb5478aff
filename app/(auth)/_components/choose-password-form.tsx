"use client";

import { useTranslations } from "next-intl";
import { SubmitFailure } from "@/components/form/action-form";
import { ErrorSummary } from "@/components/form/error-summary";
import { PasswordField, TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import type { OpenedStaffLink } from "@/lib/staff/staff.types";
import { joinAction, resetPasswordAction } from "../invitation/actions";

type ChoosePasswordFormProps = { token: string; link: OpenedStaffLink; onDone(email: string): void };

/** What a link lets somebody set: a password, and who was invited their name as well. */
export function ChoosePasswordForm({ token, link, onDone }: ChoosePasswordFormProps) {
  const t = useTranslations("oneTimeLink");
  const isInvitation = link.kind === "invitation";
  const state = useActionForm({
    schema: () => import("@/lib/staff/staff.schema").then((shared) => shared.joinFormSchema),
    defaultValues: { name: link.name, password: "" },
    action: ({ name, password }) =>
      isInvitation ? joinAction({ token, name, password }) : resetPasswordAction({ token, password }),
    said: null,
    onSuccess: ({ email }) => onDone(email),
  });
  const { fieldOf, summary } = useFormFields(state.form, "link", { name: t("name"), password: t("password") });

  return (
    <form onSubmit={state.submit} onFocus={state.prepare} noValidate className="space-y-5">
      <p className="text-ink-muted">{t(isInvitation ? "invitationText" : "newPasswordText", { email: link.email })}</p>
      <ErrorSummary errors={summary} />
      <input type="email" name="email" autoComplete="username" value={link.email} readOnly hidden />
      {isInvitation && <TextField {...fieldOf("name")} hint={t("nameHint")} autoComplete="name" required />}
      <PasswordField {...fieldOf("password")} isNew hint={t("passwordHint")} />
      <SubmitButton isBusy={state.isBusy} className="w-full">
        {t(isInvitation ? "join" : "setPassword")}
      </SubmitButton>
      <SubmitFailure state={state} />
    </form>
  );
}
