"use client";

import { useTranslations } from "next-intl";
import { FormProvider } from "react-hook-form";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useErrorText } from "@/components/form/use-error-text";
import { useFormFields } from "@/components/form/use-form-fields";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { domainsFormSchema } from "@/lib/applications/delegation/delegation.schema";
import { DomainsField } from "../../../_components/domains-field";
import { allowAnyDomainAction, setAllowedDomainsAction } from "../actions";

export type DomainsFormProps = { applicationId: string; name: string; domains: string[] };

/**
 * Changes the domains. Taking the last one away lets the application act for anyone: its name has to be typed for that.
 */
export function DomainsForm({ applicationId, name, domains }: DomainsFormProps) {
  const t = useTranslations("delegation");
  const tForm = useTranslations("applicationForm");
  const errorText = useErrorText();
  const widening = useConfirmation();
  const state = useActionForm({
    schema: domainsFormSchema,
    defaultValues: { domainPolicy: domains.length > 0 ? "listed" : "any", domains },
    confirm: ({ domainPolicy }) =>
      domainPolicy === "any" && domains.length > 0 ? widening.ask() : Promise.resolve(true),
    action: (values) =>
      values.domainPolicy === "any"
        ? allowAnyDomainAction({ applicationId, confirmation: name })
        : setAllowedDomainsAction({ applicationId, domains: values.domains }),
    said: t("domainsSaved"),
  });
  const { textOf, summary } = useFormFields(state.form, "delegation", {
    domainPolicy: tForm("delegation"),
    domains: tForm("domains"),
  });

  return (
    <FormProvider {...state.form}>
      <ActionForm state={state} legend={t("changeDomains")} summary={summary} className="space-y-5">
        <DomainsField policy={textOf("domainPolicy")} domains={textOf("domains")} />
        <SubmitButton isBusy={state.isBusy}>{t("saveDomains")}</SubmitButton>
      </ActionForm>
      <ConfirmDialog
        isOpen={widening.isOpen}
        onAnswer={widening.answer}
        title={t("widenTitle")}
        description={t("widenText", { count: domains.length })}
        typed={{
          phrase: name,
          fieldLabel: t.rich("typeName", {
            name,
            strong: (chunks) => <strong className="break-words">{chunks}</strong>,
          }),
          mismatch: errorText("application_name_differs"),
        }}
        confirmLabel={t("widenConfirm")}
        cancelLabel={t("widenCancel")}
      />
    </FormProvider>
  );
}
