"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Card } from "@/components/ui/card";
import { SCOPES, type Scope } from "@/lib/applications/scopes";
import type { AccessForm } from "@/lib/machine/check-access/access-check.schema";
import type { AccessCheck } from "@/lib/machine/check-access/access-check.types";
import { GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import type { StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { checkAccessAction } from "../actions";
import { AccessResult } from "./access-result";

type CheckAccessFormProps = {
  applicationId: string;
  grantedScopes: readonly Scope[];
  /** What a link asks; nothing is asked before somebody presses the button. */
  question: { email: string; scopes: Scope[] };
  role: StaffRole;
};

/** Asks what the token endpoint would answer, and shows it below. What was asked stays in the form. */
export function CheckAccessForm({ applicationId, grantedScopes, question, role }: CheckAccessFormProps) {
  const t = useTranslations("checkAccess");
  const submitLabel = t("submit");
  const tGrants = useTranslations("grantTypes");
  const [result, setResult] = useState<{ asked: AccessForm; check: AccessCheck }>();
  const resultRef = useRef<HTMLHeadingElement>(null);
  const asked = useRef<AccessForm>(undefined);
  const state = useActionForm({
    schema: () => import("@/lib/machine/check-access/access-check.schema").then((shared) => shared.accessFormSchema),
    defaultValues: { ...question, grantType: "client_credentials" },
    action(values) {
      asked.current = values;
      return checkAccessAction({ applicationId, ...values });
    },
    said: null,
    isGuarded: false,
    onSuccess(check) {
      if (asked.current !== undefined) setResult({ asked: asked.current, check });
    },
  });
  // The answer is read out, and reading goes on from there.
  useEffect(() => {
    if (result !== undefined) resultRef.current?.focus();
  }, [result]);
  const { fieldOf } = useFormFields(state.form, "check", { email: t("email") });

  return (
    <>
      <Card>
        <ActionForm state={state} legend={t("title")}>
          <TextField
            {...fieldOf("email")}
            hint={t("emailHint")}
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <fieldset className="space-y-2">
            <legend className="font-semibold">{t("scopes")}</legend>
            <p className="text-sm text-ink-muted">{t("scopesHint")}</p>
            <div className="flex flex-wrap gap-x-6 gap-y-2">
              {SCOPES.map((scope) => (
                <label key={scope} className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    value={scope}
                    className="size-5 shrink-0 accent-accent"
                    {...state.form.register("scopes")}
                  />
                  <code className="font-mono text-sm">{scope}</code>
                  {!grantedScopes.includes(scope) && <span className="text-sm text-ink-muted">{t("notGranted")}</span>}
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset className="space-y-2">
            <legend className="font-semibold">{t("grantType")}</legend>
            {GRANT_TYPES.map((grantType) => (
              <label key={grantType} className="flex items-start gap-2">
                <input
                  type="radio"
                  value={grantType}
                  className="mt-0.5 size-5 shrink-0 accent-accent"
                  {...state.form.register("grantType")}
                />
                <span>{tGrants(grantType)}</span>
              </label>
            ))}
          </fieldset>
          <SubmitButton isBusy={state.isBusy}>{submitLabel}</SubmitButton>
        </ActionForm>
      </Card>
      {result !== undefined && (
        <AccessResult
          email={result.asked.email}
          check={result.check}
          headingRef={resultRef}
          role={role}
          cureFacts={{
            applicationId,
            email: result.asked.email,
            domain: result.check.subject?.domain,
            personId: result.check.subject?.personId ?? undefined,
            scopes: result.asked.scopes.filter((scope) => !grantedScopes.includes(scope)),
            back: routes.applications.checkAccess(applicationId, {
              email: result.asked.email,
              scope: result.asked.scopes,
            }),
          }}
        />
      )}
    </>
  );
}
