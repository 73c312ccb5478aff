"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Card, CardHeading } from "@/components/ui/card";
import { changePasswordAction } from "../actions";

/** Asks for the password there is and the one to come. Both fields are empty again once it was changed. */
export function ChangePasswordForm({ email }: { email: string }) {
  const t = useTranslations("account");
  const router = useRouter();
  const state = useActionForm({
    schema: () => import("@/lib/staff/staff.schema").then((shared) => shared.changePasswordSchema),
    defaultValues: { currentPassword: "", newPassword: "" },
    action: changePasswordAction,
    said: t("passwordChanged"),
    onSuccess(_done, form) {
      form.reset();
      router.refresh();
    },
  });
  const { fieldOf, summary } = useFormFields(state.form, "password", {
    currentPassword: t("currentPassword"),
    newPassword: t("newPassword"),
  });

  return (
    <ActionForm state={state} legend={t("changePassword")} summary={summary}>
      <Card className="space-y-6">
        <CardHeading text={t("changePasswordText")}>{t("changePassword")}</CardHeading>
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField {...fieldOf("currentPassword")} />
        <PasswordField {...fieldOf("newPassword")} isNew hint={t("newPasswordHint")} />
        <SubmitButton isBusy={state.isBusy}>{t("changePasswordSubmit")}</SubmitButton>
      </Card>
    </ActionForm>
  );
}
