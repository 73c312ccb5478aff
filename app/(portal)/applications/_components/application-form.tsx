"use client";

import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type DefaultValues, FormProvider } from "react-hook-form";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { type ActionFormOptions, useActionForm } from "@/components/form/use-action-form";
import { buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { inputStyles } from "@/components/ui/input-styles";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import {
  type CreateApplication,
  type CreateApplicationInput,
  createApplicationSchema,
} from "@/lib/applications/application.schema";
import { DomainsField } from "./domains-field";
import { ScopesField } from "./scopes-field";
import { type ApplicationField, fieldId, useApplicationErrors } from "./use-application-errors";

type ApplicationFormProps<Data> = Pick<
  ActionFormOptions<CreateApplicationInput, CreateApplication, Data>,
  "action" | "onSuccess"
> & {
  defaultValues: DefaultValues<CreateApplicationInput>;
  submitLabel: string;
  cancelHref: Route;
  /** Whether the form asks for whom the application may act. */
  asksForDomains?: boolean;
};

/** The fields of an application. It knows what is asked, not whether that makes an application or changes one. */
export function ApplicationForm<Data>({
  submitLabel,
  cancelHref,
  asksForDomains = true,
  ...options
}: ApplicationFormProps<Data>) {
  const t = useTranslations("applicationForm");
  const tForm = useTranslations("form");
  const { form, submit, isBusy, failure } = useActionForm<CreateApplicationInput, CreateApplication, Data>({
    schema: createApplicationSchema,
    ...options,
  });
  const { errorsOf, summary } = useApplicationErrors(form);
  const isHydrated = useIsHydrated();
  const text = (field: Extract<ApplicationField, "name" | "description" | "ownerContact">) => ({
    id: fieldId(field),
    label: t(field),
    errors: errorsOf(field),
  });

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate>
        <fieldset disabled={!isHydrated} className="space-y-6">
          <legend className="sr-only">{t("legend")}</legend>
          {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
          <ErrorSummary errors={summary} />
          <Card className="space-y-6">
            <FormField {...text("name")} hint={t("nameHint")}>
              {(control) => (
                <input
                  {...control}
                  {...form.register("name")}
                  type="text"
                  required
                  autoComplete="off"
                  className={inputStyles}
                />
              )}
            </FormField>
            <FormField {...text("description")} hint={t("descriptionHint")}>
              {(control) => (
                <textarea {...control} {...form.register("description")} rows={3} className={inputStyles} />
              )}
            </FormField>
            <FormField {...text("ownerContact")} hint={t("ownerContactHint")}>
              {(control) => (
                <input
                  {...control}
                  {...form.register("ownerContact")}
                  type="text"
                  autoComplete="off"
                  className={inputStyles}
                />
              )}
            </FormField>
          </Card>
          <Card>
            <ScopesField id={fieldId("scopes")} errors={errorsOf("scopes")} />
          </Card>
          {asksForDomains && (
            <Card>
              <DomainsField
                policyId={fieldId("domainPolicy")}
                domainsId={fieldId("domains")}
                policyErrors={errorsOf("domainPolicy")}
                domainErrors={errorsOf("domains")}
              />
            </Card>
          )}
          <noscript>
            <p>{tForm("needsScripts")}</p>
          </noscript>
          <div className="flex flex-wrap gap-3">
            <SubmitButton isBusy={isBusy}>{submitLabel}</SubmitButton>
            <Link href={cancelHref} className={buttonStyles({ variant: "ghost" })}>
              {tForm("cancel")}
            </Link>
          </div>
        </fieldset>
      </form>
    </FormProvider>
  );
}
