"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useErrorText } from "@/components/form/use-error-text";
import { inputStyles } from "@/components/ui/input-styles";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { type DisplayName, type DisplayNameInput, displayNameSchema } from "@/lib/people/person.schema";
import { renamePersonAction } from "../../actions";

/** How a person is called in the portal. Nothing but the portal shows it. */
export function RenamePersonForm({ personId, displayName }: { personId: string; displayName: string }) {
  const t = useTranslations("person");
  const errorText = useErrorText();
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const { form, submit, isBusy, failure } = useActionForm<DisplayNameInput, DisplayName, void>({
    schema: displayNameSchema,
    defaultValues: { displayName },
    action: (values) => renamePersonAction({ personId, ...values }),
    onSuccess: () => router.refresh(),
  });
  const error = form.formState.errors.displayName?.message;
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated} className="space-y-4">
        <legend className="sr-only">{t("rename")}</legend>
        {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
        <FormField
          id="person-name"
          label={t("displayName")}
          hint={t("displayNameHint")}
          errors={error === undefined ? [] : [errorText(error)]}
        >
          {(control) => (
            <input
              {...control}
              {...form.register("displayName")}
              type="text"
              autoComplete="off"
              className={inputStyles}
            />
          )}
        </FormField>
        <SubmitButton isBusy={isBusy} variant="secondary">
          {t("saveName")}
        </SubmitButton>
      </fieldset>
    </form>
  );
}
