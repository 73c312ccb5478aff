"use client";

import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { FormField } from "@/components/form/form-field";
import { useErrorText } from "@/components/form/use-error-text";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/input-styles";
import type { DomainProblem } from "./add-domains";

type AddDomainFieldProps = {
  ref: Ref<HTMLInputElement>;
  id: string;
  label: string;
  text: string;
  problems: readonly DomainProblem[];
  onTextChange(text: string): void;
  onAdd(text: string): void;
};

/** Takes one domain by Enter, and as many as are pasted. */
export function AddDomainField({ ref, id, label, text, problems, onTextChange, onAdd }: AddDomainFieldProps) {
  const t = useTranslations("delegation");
  const tForm = useTranslations("form");
  const errorText = useErrorText();
  const errors = problems.map(({ entry, reason }) =>
    reason === "domain_listed"
      ? t("domainListed", { domain: entry })
      : tForm("entryError", { entry, error: errorText(reason) }),
  );
  return (
    <FormField id={id} label={label} hint={t("addDomainHint")} errors={[...new Set(errors)]}>
      {(control) => (
        <div className="flex flex-wrap gap-2">
          <input
            {...control}
            ref={ref}
            type="text"
            value={text}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={`${inputStyles} min-w-0 flex-1 basis-48 font-mono text-sm`}
            onChange={(event) => onTextChange(event.target.value)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text");
              if (!/[\s,;]/.test(pasted.trim())) return;
              event.preventDefault();
              onAdd(`${text} ${pasted}`);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || text.trim() === "") return;
              event.preventDefault();
              onAdd(text);
            }}
          />
          <Button onClick={() => onAdd(text)}>{t("addDomain")}</Button>
        </div>
      )}
    </FormField>
  );
}
