"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useWatch } from "react-hook-form";
import { ActionForm } from "@/components/form/action-form";
import { FieldErrors } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useErrorText } from "@/components/form/use-error-text";
import { useFormFields } from "@/components/form/use-form-fields";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { allowAnyDomainAction, setAllowedDomainsAction } from "../actions";
import { AddDomainField } from "./add-domain-field";
import { addDomains, type DomainProblem, holdSame } from "./add-domains";
import { DomainEffect } from "./domain-effect";
import { DomainList, type SpeltDomain } from "./domain-list";
import { useSuggestion } from "./use-suggestion";

export type DomainsEditorProps = {
  applicationId: string;
  name: string;
  domains: SpeltDomain[];
  /** On the list from the start, and not saved. */
  suggested?: string | undefined;
};

/**
 * The domains as one list to change, with what that would do before it is saved. Taking the restriction away lets the
 * application act for anyone: its name has to be typed for that.
 */
export function DomainsEditor({ applicationId, name, domains, suggested }: DomainsEditorProps) {
  const t = useTranslations("delegation");
  const tForm = useTranslations("applicationForm");
  const errorText = useErrorText();
  const router = useRouter();
  const widening = useConfirmation();
  const [stored, setStored] = useState(() => domains.map(({ domain }) => domain));
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<DomainProblem[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const storedPolicy = stored.length > 0 ? ("listed" as const) : ("any" as const);
  const state = useActionForm({
    schema: () => import("@/lib/applications/delegation/delegation.schema").then((shared) => shared.domainsFormSchema),
    defaultValues: { domainPolicy: storedPolicy, domains: stored },
    confirm: ({ domainPolicy }) =>
      domainPolicy === "any" && stored.length > 0 ? widening.ask() : Promise.resolve(true),
    action: (values) =>
      values.domainPolicy === "any"
        ? allowAnyDomainAction({ applicationId, confirmation: name })
        : setAllowedDomainsAction({ applicationId, domains: values.domains }),
    said: t("domainsSaved"),
    onSuccess(_done, form) {
      const saved = form.getValues();
      const now = saved.domainPolicy === "any" ? [] : saved.domains;
      form.setValue("domains", now);
      setStored(now);
      // The button goes away with the bar.
      focusOn();
      router.refresh();
    },
  });
  const { control, register, setValue, reset } = state.form;
  const [policy, list] = useWatch({ control, name: ["domainPolicy", "domains"] });
  const { textOf } = useFormFields(state.form, "delegation", {
    domainPolicy: tForm("delegation"),
    domains: tForm("domains"),
  });
  const typed = policy === "listed" && text.trim() !== "" ? addDomains(list, text) : undefined;
  const isListChanged = policy === "listed" && (text.trim() !== "" || !holdSame(list, stored));
  const isChanged = policy !== storedPolicy || isListChanged;
  // What the button would save: what stands in the field is meant too.
  const meant = policy === "any" ? [] : (typed?.domains ?? list);
  const change = (next: string[]) =>
    setValue("domains", next, { shouldDirty: true, shouldValidate: state.form.formState.isSubmitted });
  useSuggestion(suggested, (domain) => change(addDomains(list, domain).domains));

  /** Adds what can be added. The rest stays in the field, and is told. */
  function add(entries: string): boolean {
    const { domains: next, added, problems: wrong } = addDomains(list, entries);
    if (added.length > 0) change(next);
    setProblems(wrong);
    setText(wrong.map(({ entry }) => entry).join(" "));
    if (wrong.length > 0) field.current?.focus();
    return wrong.length === 0;
  }

  async function submit(event: React.FormEvent) {
    if (typed === undefined || add(text)) return state.submit(event);
    event.preventDefault();
  }

  function focusOn() {
    (field.current ?? document.getElementById("delegation-domainPolicy"))?.focus();
  }

  function discard() {
    reset({ domainPolicy: storedPolicy, domains: stored });
    setText("");
    setProblems([]);
    focusOn();
  }

  return (
    <>
      <ActionForm state={{ ...state, submit }} legend={t("changeDomains")} className="space-y-4">
        <fieldset className="space-y-2">
          <legend className="sr-only">{textOf("domainPolicy").label}</legend>
          {(["any", "listed"] as const).map((value) => (
            <label key={value} className="flex items-center gap-3">
              <input
                {...register("domainPolicy")}
                id={value === "any" ? "delegation-domainPolicy" : undefined}
                type="radio"
                value={value}
                className="size-5 shrink-0 accent-accent"
              />
              {value === "any" ? tForm("anyDomain") : tForm("listedDomains")}
            </label>
          ))}
        </fieldset>
        {(policy === "listed" || list.length > 0) && (
          <DomainList
            list={list}
            stored={domains}
            isLeaving={policy === "any"}
            onRemove={(domain) => change(list.filter((each) => each !== domain))}
            focusField={() => field.current?.focus()}
          />
        )}
        {policy === "listed" && (
          <>
            <AddDomainField
              ref={field}
              id="delegation-domains"
              label={tForm("domains")}
              text={text}
              problems={problems}
              onTextChange={setText}
              onAdd={add}
            />
            <FieldErrors id="delegation-domains-list-error" errors={textOf("domains").errors} />
          </>
        )}
        <DomainEffect
          applicationId={applicationId}
          domains={meant}
          isShown={isChanged && (policy === "any" || meant.length > 0)}
        />
        {isChanged && (
          <div className="sticky bottom-4 z-10 flex flex-wrap items-center gap-3 rounded-lg border border-accent bg-accent-soft px-4 py-2 shadow-lg">
            <SubmitButton isBusy={state.isBusy}>{t("saveDomains")}</SubmitButton>
            <Button onClick={discard}>{t("discard")}</Button>
          </div>
        )}
      </ActionForm>
      <ConfirmDialog
        isOpen={widening.isOpen}
        onAnswer={widening.answer}
        title={t("widenTitle")}
        description={t("widenText", { count: stored.length })}
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
    </>
  );
}
