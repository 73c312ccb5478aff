"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useController } from "react-hook-form";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useErrorText } from "@/components/form/use-error-text";
import { inputStyles } from "@/components/ui/input-styles";
import { Notice } from "@/components/ui/notice";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import {
  type PersonList,
  type PersonListInput,
  type PersonRuleEffect,
  personListSchema,
} from "@/lib/applications/delegation/delegation.schema";
import { cn } from "@/lib/cn";
import { splitEntries, toEntryErrors } from "../../../_components/domain-entries";
import { addPersonRulesAction } from "../actions";

type AddPeopleFormProps = { applicationId: string; effect: PersonRuleEffect; isEmpty: boolean };

/** Puts people on a list, one or many at once. The first on an allow list shuts everybody else out, and that is said. */
export function AddPeopleForm({ applicationId, effect, isEmpty }: AddPeopleFormProps) {
  const t = useTranslations("delegation");
  const errorText = useErrorText();
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [text, setText] = useState("");
  const [announcement, setAnnouncement] = useState("");
  const { form, submit, isBusy, failure } = useActionForm<PersonListInput, PersonList, void>({
    schema: personListSchema,
    defaultValues: { emails: [] },
    action(values) {
      setAnnouncement("");
      return addPersonRulesAction({ applicationId, effect, ...values });
    },
    onSuccess() {
      setAnnouncement(t("listSaved"));
      setText("");
      form.reset({ emails: [] });
      router.refresh();
    },
  });
  const { field } = useController({ control: form.control, name: "emails" });
  const errors = toEntryErrors(field.value, form.formState.errors.emails).map(({ entry, reason }) =>
    entry === undefined ? errorText(reason) : t("entryError", { entry, error: errorText(reason) }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated} className="space-y-4">
        <legend className="sr-only">{t(`lists.${effect}.add`)}</legend>
        {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
        <FormField
          id={`delegation-${effect}`}
          label={t(`lists.${effect}.people`)}
          hint={t("peopleHint")}
          errors={errors}
        >
          {(control) => (
            <textarea
              {...control}
              ref={field.ref}
              rows={2}
              value={text}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className={cn(inputStyles, "font-mono text-sm")}
              onBlur={field.onBlur}
              onChange={(event) => {
                setText(event.target.value);
                field.onChange(splitEntries(event.target.value));
              }}
            />
          )}
        </FormField>
        {effect === "allow" && isEmpty && text.trim() !== "" && (
          <Notice tone="warning">
            <p>{t("firstAllowed")}</p>
          </Notice>
        )}
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton isBusy={isBusy} variant="secondary">
            {t(`lists.${effect}.add`)}
          </SubmitButton>
          <p role="status" className="text-sm text-success">
            {announcement}
          </p>
        </div>
      </fieldset>
    </form>
  );
}
