"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useController, useFormContext, useWatch } from "react-hook-form";
import { FieldErrors, FormField } from "@/components/form/form-field";
import { inputStyles } from "@/components/ui/input-styles";
import { Notice } from "@/components/ui/notice";
import type { DomainsFormInput } from "@/lib/applications/delegation/delegation.schema";
import { cn } from "@/lib/cn";
import { splitEntries } from "./domain-entries";

type DomainsFieldProps = { policyId: string; domainsId: string; policyErrors: string[]; domainErrors: string[] };

/**
 * For whom the application may act: anybody, or people of certain domains. Neither is chosen to begin with. The list as
 * it was typed stays here, also while the other choice is tried.
 */
export function DomainsField({ policyId, domainsId, policyErrors, domainErrors }: DomainsFieldProps) {
  const t = useTranslations("applicationForm");
  const { register, control, setValue } = useFormContext<DomainsFormInput>();
  const { field } = useController({ control, name: "domains" });
  const policy = useWatch({ control, name: "domainPolicy" });
  const [text, setText] = useState(field.value.join("\n"));
  const errorId = `${policyId}-error`;
  const radio = register("domainPolicy", {
    // What is not used must not be judged either.
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setValue("domains", event.target.value === "listed" ? splitEntries(text) : []),
  });

  return (
    <fieldset className="space-y-3" aria-describedby={policyErrors.length > 0 ? errorId : undefined}>
      <legend className="font-semibold">{t("delegation")}</legend>
      <p className="text-sm text-ink-muted">{t("delegationHint")}</p>
      <PolicyOption id={policyId} value="any" label={t("anyDomain")} hint={t("anyDomainHint")} radio={radio} />
      {policy === "any" && (
        <Notice tone="warning" className="ml-8">
          <p>{t("anyDomainWarning")}</p>
        </Notice>
      )}
      <PolicyOption
        id={`${policyId}-listed`}
        value="listed"
        label={t("listedDomains")}
        hint={t("listedDomainsHint")}
        radio={radio}
      />
      {policy === "listed" && (
        <div className="ml-8">
          <FormField id={domainsId} label={t("domains")} hint={t("domainsHint")} errors={domainErrors}>
            {(control) => (
              <textarea
                {...control}
                ref={field.ref}
                rows={4}
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
        </div>
      )}
      <FieldErrors id={errorId} errors={policyErrors} />
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
