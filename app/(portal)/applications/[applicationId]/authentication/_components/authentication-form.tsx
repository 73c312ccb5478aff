"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import { Card } from "@/components/ui/card";
import { inputStyles } from "@/components/ui/input-styles";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import {
  type ClientAuthenticationInput,
  type ClientAuthenticationValues,
  clientAuthenticationSchema,
} from "@/lib/applications/authentication/client-authentication.schema";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { setClientAuthenticationAction } from "../actions";
import { ChoicesField } from "./choices-field";

const FIELDS = ["grantTypes", "methods", "tokenTtlSeconds", "jwksUri"] as const;

type AuthenticationFormProps = {
  applicationId: string;
  canWrite: boolean;
  /** What an empty lifetime means, in seconds. */
  defaultTtlSeconds: number;
  defaultValues: ClientAuthenticationInput;
};

/** Grants, methods, lifetime and where the keys come from. Saving leaves everything where it is, and says so. */
export function AuthenticationForm({
  applicationId,
  canWrite,
  defaultTtlSeconds,
  defaultValues,
}: AuthenticationFormProps) {
  const t = useTranslations("authentication");
  const tGrants = useTranslations("grantTypes");
  const tMethods = useTranslations("authenticationMethods");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [isSaved, setIsSaved] = useState(false);
  const { form, submit, isBusy, failure } = useActionForm<ClientAuthenticationInput, ClientAuthenticationValues, void>({
    schema: clientAuthenticationSchema,
    defaultValues,
    async action(values) {
      setIsSaved(false);
      return setClientAuthenticationAction({ applicationId, ...values });
    },
    onSuccess() {
      setIsSaved(true);
      router.refresh();
    },
  });
  const labels = {
    grantTypes: t("grantTypes"),
    methods: t("methods"),
    tokenTtlSeconds: t("tokenTtl"),
    jwksUri: t("jwksUri"),
  };
  const { fieldId, errorsOf, summary } = useFieldErrors(form, "authentication", FIELDS, labels);

  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated || !canWrite} className="space-y-6">
        <legend className="sr-only">{t("title")}</legend>
        {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
        <ErrorSummary errors={summary} />
        <Card className="space-y-6">
          <ChoicesField
            id={fieldId("grantTypes")}
            legend={labels.grantTypes}
            hint={t("grantTypesHint")}
            errors={errorsOf("grantTypes")}
            choices={GRANT_TYPES.map((value) => ({ value, text: tGrants(value) }))}
            field={form.register("grantTypes")}
          />
          <ChoicesField
            id={fieldId("methods")}
            legend={labels.methods}
            hint={t("methodsHint")}
            errors={errorsOf("methods")}
            choices={CLIENT_AUTHENTICATION_METHODS.map((value) => ({ value, text: tMethods(value) }))}
            field={form.register("methods")}
          />
          <FormField
            id={fieldId("tokenTtlSeconds")}
            label={labels.tokenTtlSeconds}
            hint={t("tokenTtlHint", { seconds: String(defaultTtlSeconds) })}
            errors={errorsOf("tokenTtlSeconds")}
          >
            {(control) => (
              <input
                {...control}
                {...form.register("tokenTtlSeconds")}
                type="text"
                inputMode="numeric"
                autoComplete="off"
                className={inputStyles}
              />
            )}
          </FormField>
          <FormField
            id={fieldId("jwksUri")}
            label={labels.jwksUri}
            hint={t("jwksUriHint")}
            errors={errorsOf("jwksUri")}
          >
            {(control) => (
              <input
                {...control}
                {...form.register("jwksUri")}
                type="url"
                autoComplete="off"
                spellCheck={false}
                className={inputStyles}
              />
            )}
          </FormField>
        </Card>
        {canWrite && <SubmitButton isBusy={isBusy}>{t("save")}</SubmitButton>}
        <p role="status" className="text-sm text-success">
          {isSaved ? t("saved") : ""}
        </p>
      </fieldset>
    </form>
  );
}
