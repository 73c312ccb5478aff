"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextAreaField, TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Card, CardHeading } from "@/components/ui/card";
import { addApplicationKeyAction } from "../actions";

/** Registers a public key. The form is empty again once the key is in the list. */
export function AddKeyForm({ applicationId }: { applicationId: string }) {
  const t = useTranslations("authentication");
  const router = useRouter();
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/authentication/client-authentication.schema").then(
        (shared) => shared.applicationKeySchema,
      ),
    defaultValues: { publicKey: "", kid: "" },
    action: (values) => addApplicationKeyAction({ applicationId, ...values }),
    said: ({ kid }) => t("keyAdded", { kid }),
    onSuccess(_added, form) {
      form.reset();
      router.refresh();
    },
  });
  const { fieldOf, summary } = useFormFields(state.form, "key", { publicKey: t("publicKey"), kid: t("kid") });

  return (
    <ActionForm state={state} legend={t("addKey")} summary={summary}>
      <Card className="space-y-6">
        <CardHeading>{t("addKey")}</CardHeading>
        <TextAreaField
          {...fieldOf("publicKey")}
          hint={t("publicKeyHint")}
          rows={6}
          required
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-sm"
        />
        <TextField {...fieldOf("kid")} hint={t("kidHint")} autoComplete="off" spellCheck={false} />
        <SubmitButton isBusy={state.isBusy}>{t("addKeySubmit")}</SubmitButton>
      </Card>
    </ActionForm>
  );
}
