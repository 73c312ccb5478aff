"use client";

import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { type DefaultValues, FormProvider } from "react-hook-form";
import { ActionForm } from "@/components/form/action-form";
import { TextAreaField, TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { type ActionFormOptions, type SubmittedForm, useActionForm } from "@/components/form/use-action-form";
import { type FieldText, useFormFields } from "@/components/form/use-form-fields";
import { buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { CreateApplication, CreateApplicationInput } from "@/lib/applications/application.schema";
import { SCOPES, type Scope } from "@/lib/applications/scopes";
import { ChoicesField } from "./choices-field";

type ApplicationFormProps<Data> = Pick<
  ActionFormOptions<CreateApplicationInput, CreateApplication, Data>,
  "action" | "said" | "onSuccess"
> & {
  defaultValues: DefaultValues<CreateApplicationInput>;
  submitLabel: string;
  cancelHref: Route;
  /** Asks for whom the application may act, where the form does. */
  delegation?: (fields: { policy: FieldText; domains: FieldText }) => ReactNode;
  /** For who may look at it only. */
  isReadOnly?: boolean;
  /** Another way to send it, and below the buttons what that comes to. */
  otherWay?: (state: SubmittedForm) => ReactNode;
  hint?: ReactNode;
  /** Ticked when the form opens, as if somebody had done it: it is a change that is not saved. */
  suggestedScopes?: readonly Scope[];
};

const NO_SCOPES: readonly Scope[] = [];

/** The fields of an application. It knows what is asked, not whether that makes an application or changes one. */
export function ApplicationForm<Data>({
  submitLabel,
  cancelHref,
  delegation,
  isReadOnly = false,
  otherWay,
  hint,
  suggestedScopes = NO_SCOPES,
  ...options
}: ApplicationFormProps<Data>) {
  const t = useTranslations("applicationForm");
  const tForm = useTranslations("form");
  const tScopes = useTranslations("scopes");
  const state = useActionForm({
    schema: () => import("@/lib/applications/application.schema").then((shared) => shared.createApplicationSchema),
    ...options,
  });
  const { getValues, setValue } = state.form;
  useEffect(() => {
    const scopes = getValues("scopes");
    if (suggestedScopes.some((scope) => !scopes.includes(scope))) {
      setValue("scopes", [...new Set([...scopes, ...suggestedScopes])], { shouldDirty: true });
    }
  }, [suggestedScopes, getValues, setValue]);
  const { textOf, fieldOf, summary } = useFormFields(state.form, "application", {
    name: t("name"),
    description: t("description"),
    ownerContact: t("ownerContact"),
    scopes: t("scopes"),
    domainPolicy: t("delegation"),
    domains: t("domains"),
  });

  return (
    <FormProvider {...state.form}>
      <ActionForm state={state} legend={t("legend")} summary={summary} isReadOnly={isReadOnly}>
        <Card className="space-y-6">
          <TextField {...fieldOf("name")} hint={t("nameHint")} required autoComplete="off" />
          <TextAreaField {...fieldOf("description")} hint={t("descriptionHint")} rows={3} />
          <TextField {...fieldOf("ownerContact")} hint={t("ownerContactHint")} autoComplete="off" />
        </Card>
        <Card>
          <ChoicesField
            {...fieldOf("scopes")}
            hint={t("scopesHint")}
            choices={SCOPES.map((value) => ({ value, text: tScopes(value) }))}
            className="sm:grid-cols-2"
          />
        </Card>
        {delegation !== undefined && (
          <Card>{delegation({ policy: textOf("domainPolicy"), domains: textOf("domains") })}</Card>
        )}
        <noscript>
          <p>{tForm("needsScripts")}</p>
        </noscript>
        {!isReadOnly && (
          <div className="flex flex-wrap gap-3">
            <SubmitButton isBusy={state.isBusy}>{submitLabel}</SubmitButton>
            {otherWay?.(state)}
            <Link href={cancelHref} data-discards="" className={buttonStyles({ variant: "ghost" })}>
              {tForm("cancel")}
            </Link>
          </div>
        )}
        {hint}
      </ActionForm>
    </FormProvider>
  );
}
