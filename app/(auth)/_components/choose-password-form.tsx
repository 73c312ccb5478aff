"use client";

import { useTranslations } from "next-intl";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { PasswordInput } from "@/components/form/password-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import { inputStyles } from "@/components/ui/input-styles";
import { type JoinForm, joinFormSchema } from "@/lib/staff/staff.schema";
import type { OpenedStaffLink } from "@/lib/staff/staff.types";
import { joinAction, resetPasswordAction } from "../invitation/actions";

type ChoosePasswordFormProps = { token: string; link: OpenedStaffLink; onDone(email: string): void };

const FIELDS = ["name", "password"] as const;

/** What a link lets somebody set: a password, and who was invited their name as well. */
export function ChoosePasswordForm({ token, link, onDone }: ChoosePasswordFormProps) {
  const t = useTranslations("oneTimeLink");
  const isInvitation = link.kind === "invitation";
  const { form, submit, isBusy, failure } = useActionForm<JoinForm, JoinForm, { email: string }>({
    schema: joinFormSchema,
    defaultValues: { name: link.name, password: "" },
    action: ({ name, password }) =>
      isInvitation ? joinAction({ token, name, password }) : resetPasswordAction({ token, password }),
    onSuccess: ({ email }) => onDone(email),
  });
  const labels = { name: t("name"), password: t("password") };
  const { fieldId, errorsOf, summary } = useFieldErrors(form, "link", FIELDS, labels);

  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <p className="text-ink-muted">{t(isInvitation ? "invitationText" : "newPasswordText", { email: link.email })}</p>
      {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
      <ErrorSummary errors={summary} />
      <input type="email" name="email" autoComplete="username" value={link.email} readOnly hidden />
      {isInvitation && (
        <FormField id={fieldId("name")} label={labels.name} hint={t("nameHint")} errors={errorsOf("name")}>
          {(control) => (
            <input
              {...control}
              {...form.register("name")}
              type="text"
              autoComplete="name"
              required
              className={inputStyles}
            />
          )}
        </FormField>
      )}
      <FormField
        id={fieldId("password")}
        label={labels.password}
        hint={t("passwordHint")}
        errors={errorsOf("password")}
      >
        {(control) => <PasswordInput isNew {...control} {...form.register("password")} />}
      </FormField>
      <SubmitButton isBusy={isBusy} className="w-full">
        {t(isInvitation ? "join" : "setPassword")}
      </SubmitButton>
    </form>
  );
}
