"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useController, useFormContext, useWatch } from "react-hook-form";
import { EntriesField } from "@/components/form/entries-field";
import { FieldErrors } from "@/components/form/form-field";
import { splitEntries } from "@/components/form/list-entries";
import type { FieldText } from "@/components/form/use-form-fields";
import { Notice } from "@/components/ui/notice";
import type { DomainsFormInput } from "@/lib/applications/delegation/delegation.schema";

/**
 * For whom the application may act: anybody, or people of certain domains. Neither is chosen to begin with. The list as
 * it was typed stays here, also while the other choice is tried.
 */
export function DomainsField({ policy, domains }: { policy: FieldText; domains: FieldText }) {
  const t = useTranslations("applicationForm");
  const { register, control, setValue } = useFormContext<DomainsFormInput>();
  const { field } = useController({ control, name: "domains" });
  const chosen = useWatch({ control, name: "domainPolicy" });
  const [text, setText] = useState(field.value.join("\n"));
  const errorId = `${policy.id}-error`;
  const radio = register("domainPolicy", {
    // What is not used must not be judged either.
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setValue("domains", event.target.value === "listed" ? splitEntries(text) : []),
  });

  return (
    <fieldset className="space-y-3" aria-describedby={policy.errors.length > 0 ? errorId : undefined}>
      <legend className="font-semibold">{policy.label}</legend>
      <p className="text-sm text-ink-muted">{t("delegationHint")}</p>
      <PolicyOption id={policy.id} value="any" label={t("anyDomain")} hint={t("anyDomainHint")} radio={radio} />
      {chosen === "any" && (
        <Notice tone="warning" className="ml-8">
          {t("anyDomainWarning")}
        </Notice>
      )}
      <PolicyOption
        id={`${policy.id}-listed`}
        value="listed"
        label={t("listedDomains")}
        hint={t("listedDomainsHint")}
        radio={radio}
      />
      {chosen === "listed" && (
        <div className="ml-8">
          <EntriesField
            {...domains}
            hint={t("domainsHint")}
            rows={4}
            text={text}
            onTextChange={setText}
            field={field}
          />
        </div>
      )}
      <FieldErrors id={errorId} errors={policy.errors} />
    </fieldset>
  );
}

type PolicyOptionProps = {
  id: string;
  value: DomainsFormInput["domainPolicy"];
  label: string;
  hint: string;
  radio: React.ComponentProps<"input">;
};

function PolicyOption({ id, value, label, hint, radio }: PolicyOptionProps) {
  return (
    <div className="flex items-start gap-3">
      <input
        {...radio}
        type="radio"
        id={id}
        value={value}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      </div>
    </div>
  );
}
