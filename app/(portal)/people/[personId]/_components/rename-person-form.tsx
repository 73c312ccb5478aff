"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { renamePersonAction } from "../../actions";

/** How a person is called in the portal. Nothing but the portal shows it. */
export function RenamePersonForm({ personId, displayName }: { personId: string; displayName: string }) {
  const t = useTranslations("person");
  const state = useActionForm({
    schema: () => import("@/lib/people/person.schema").then((shared) => shared.displayNameSchema),
    defaultValues: { displayName },
    action: (values) => renamePersonAction({ personId, ...values }),
    said: t("renamed"),
  });
  const { fieldOf } = useFormFields(state.form, "person", { displayName: t("displayName") });
  return (
    <ActionForm state={state} legend={t("rename")} className="space-y-4">
      <TextField {...fieldOf("displayName")} hint={t("displayNameHint")} autoComplete="off" />
      <SubmitButton isBusy={state.isBusy} variant="secondary">
        {t("saveName")}
      </SubmitButton>
    </ActionForm>
  );
}
