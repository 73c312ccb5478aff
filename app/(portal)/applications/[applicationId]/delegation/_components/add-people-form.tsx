"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useController } from "react-hook-form";
import { ActionForm } from "@/components/form/action-form";
import { EntriesField } from "@/components/form/entries-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Notice } from "@/components/ui/notice";
import type { PersonRuleEffect } from "@/lib/applications/delegation/delegation.schema";
import { addPersonRulesAction } from "../actions";
import { useSuggestion } from "./use-suggestion";

export type AddPeopleFormProps = {
  applicationId: string;
  effect: PersonRuleEffect;
  isEmpty: boolean;
  suggested?: string | undefined;
};

/**
 * Puts people on a list, one or many at once. The first on an allow list shuts everybody else out, and that is said.
 */
export function AddPeopleForm({ applicationId, effect, isEmpty, suggested }: AddPeopleFormProps) {
  const t = useTranslations("delegation");
  const router = useRouter();
  const [text, setText] = useState("");
  const state = useActionForm({
    schema: () => import("@/lib/applications/delegation/delegation.schema").then((shared) => shared.personListSchema),
    defaultValues: { emails: [] },
    action: (values) => addPersonRulesAction({ applicationId, effect, ...values }),
    said: t("listSaved"),
    onSuccess(_done, form) {
      setText("");
      form.reset();
      router.refresh();
    },
  });
  const { field } = useController({ control: state.form.control, name: "emails" });
  const { setFocus } = state.form;
  useSuggestion(suggested, (email) => {
    setText(email);
    field.onChange([email]);
  });
  // Whoever opened it is about to type.
  useEffect(() => setFocus("emails"), [setFocus]);
  const { textOf } = useFormFields(state.form, `delegation-${effect}`, { emails: t(`lists.${effect}.people`) });
  return (
    <ActionForm state={state} legend={t(`lists.${effect}.add`)} className="space-y-4">
      {isEmpty && <p className="text-sm text-ink-muted">{t(`lists.${effect}.text`)}</p>}
      <EntriesField
        {...textOf("emails")}
        hint={t("peopleHint")}
        rows={2}
        text={text}
        onTextChange={setText}
        field={field}
      />
      {effect === "allow" && isEmpty && text.trim() !== "" && <Notice tone="warning">{t("firstAllowed")}</Notice>}
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton isBusy={state.isBusy} variant="secondary">
          {t(`lists.${effect}.add`)}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
