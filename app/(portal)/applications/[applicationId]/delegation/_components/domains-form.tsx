"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormProvider } from "react-hook-form";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormFailure } from "@/components/form/form-failure";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useErrorText } from "@/components/form/use-error-text";
import { TypedConfirmDialog } from "@/components/ui/typed-confirm-dialog";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import {
  type DomainsForm as Domains,
  type DomainsFormInput,
  domainsFormSchema,
} from "@/lib/applications/delegation/delegation.schema";
import { toEntryErrors } from "../../../_components/domain-entries";
import { DomainsField } from "../../../_components/domains-field";
import { allowAnyDomainAction, setAllowedDomainsAction } from "../actions";

const POLICY_ID = "delegation-policy";
const DOMAINS_ID = "delegation-domains";

type DomainsFormProps = { applicationId: string; name: string; domains: string[] };

/** Changes the domains. Taking the last one away lets the application act for anyone: its name has to be typed for that. */
export function DomainsForm({ applicationId, name, domains }: DomainsFormProps) {
  const t = useTranslations("delegation");
  const tForm = useTranslations("applicationForm");
  const errorText = useErrorText();
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const widening = useConfirmation();
  const { form, submit, isBusy, failure } = useActionForm<DomainsFormInput, Domains, void>({
    schema: domainsFormSchema,
    defaultValues: { domainPolicy: domains.length > 0 ? "listed" : "any", domains },
    confirm: ({ domainPolicy }) =>
      domainPolicy === "any" && domains.length > 0 ? widening.ask() : Promise.resolve(true),
    action: (values) =>
      values.domainPolicy === "any"
        ? allowAnyDomainAction({ applicationId, confirmation: name })
        : setAllowedDomainsAction({ applicationId, domains: values.domains }),
    onSuccess: () => router.refresh(),
  });
  const { errors } = form.formState;
  const policyErrors = errors.domainPolicy?.message === undefined ? [] : [errorText(errors.domainPolicy.message)];
  const domainErrors = toEntryErrors(form.getValues("domains"), errors.domains).map(({ entry, reason }) =>
    entry === undefined ? errorText(reason) : tForm("domainError", { domain: entry, error: errorText(reason) }),
  );
  const summary = [
    ...policyErrors.map((text) => ({ fieldId: POLICY_ID, label: tForm("delegation"), text })),
    ...domainErrors.map((text) => ({ fieldId: DOMAINS_ID, label: tForm("domains"), text })),
  ];

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate>
        <fieldset disabled={!isHydrated} className="space-y-5">
          <legend className="sr-only">{t("changeDomains")}</legend>
          {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
          <ErrorSummary errors={summary} />
          <DomainsField
            policyId={POLICY_ID}
            domainsId={DOMAINS_ID}
            policyErrors={policyErrors}
            domainErrors={domainErrors}
          />
          <SubmitButton isBusy={isBusy}>{t("saveDomains")}</SubmitButton>
        </fieldset>
      </form>
      <TypedConfirmDialog
        isOpen={widening.isOpen}
        onAnswer={widening.answer}
        title={t("widenTitle")}
        description={t("widenText", { count: domains.length })}
        phrase={name}
        fieldLabel={t.rich("typeName", { name, strong: (chunks) => <strong className="break-words">{chunks}</strong> })}
        mismatch={errorText("application_name_differs")}
        confirmLabel={t("widenConfirm")}
        cancelLabel={t("widenCancel")}
      />
    </FormProvider>
  );
}
