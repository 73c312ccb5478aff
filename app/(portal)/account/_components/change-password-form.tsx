"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { PasswordInput } from "@/components/form/password-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import { Card } from "@/components/ui/card";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { type ChangePassword, changePasswordSchema } from "@/lib/staff/staff.schema";
import { changePasswordAction } from "../actions";

const FIELDS = ["currentPassword", "newPassword"] as const;
const EMPTY = { currentPassword: "", newPassword: "" };

/** Asks for the password there is and the one to come. Both fields are empty again once it was changed. */
export function ChangePasswordForm({ email }: { email: string }) {
  const t = useTranslations("account");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [isChanged, setIsChanged] = useState(false);
  const { form, submit, isBusy, failure } = useActionForm<ChangePassword, ChangePassword, void>({
    schema: changePasswordSchema,
    defaultValues: EMPTY,
    async action(values) {
      setIsChanged(false);
      return changePasswordAction(values);
    },
    onSuccess() {
      form.reset(EMPTY);
      setIsChanged(true);
      router.refresh();
    },
  });
  const labels = { currentPassword: t("currentPassword"), newPassword: t("newPassword") };
  const { fieldId, errorsOf, summary } = useFieldErrors(form, "password", FIELDS, labels);

  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated} className="space-y-6">
        <legend className="sr-only">{t("changePassword")}</legend>
        {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
        <ErrorSummary errors={summary} />
        <Card className="space-y-6">
          <div className="space-y-1">
            <h2 className="text-lg font-semibold">{t("changePassword")}</h2>
            <p className="text-sm text-ink-muted">{t("changePasswordText")}</p>
          </div>
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <FormField
            id={fieldId("currentPassword")}
            label={labels.currentPassword}
            errors={errorsOf("currentPassword")}
          >
            {(control) => <PasswordInput isNew={false} {...control} {...form.register("currentPassword")} />}
          </FormField>
          <FormField
            id={fieldId("newPassword")}
            label={labels.newPassword}
            hint={t("newPasswordHint")}
            errors={errorsOf("newPassword")}
          >
            {(control) => <PasswordInput isNew {...control} {...form.register("newPassword")} />}
          </FormField>
          <SubmitButton isBusy={isBusy}>{t("changePasswordSubmit")}</SubmitButton>
          <p role="status" className="text-sm text-success">
            {isChanged ? t("passwordChanged") : ""}
          </p>
        </Card>
      </fieldset>
    </form>
  );
}
