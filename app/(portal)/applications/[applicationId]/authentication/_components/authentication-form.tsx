"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Card } from "@/components/ui/card";
import type { ClientAuthenticationInput } from "@/lib/applications/authentication/client-authentication.schema";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { ChoicesField } from "../../../_components/choices-field";
import { setClientAuthenticationAction } from "../actions";

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
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/authentication/client-authentication.schema").then(
        (shared) => shared.clientAuthenticationSchema,
      ),
    defaultValues,
    action: (values) => setClientAuthenticationAction({ applicationId, ...values }),
    said: t("saved"),
  });
  const { fieldOf, summary } = useFormFields(state.form, "authentication", {
    grantTypes: t("grantTypes"),
    methods: t("methods"),
    tokenTtlSeconds: t("tokenTtl"),
    jwksUri: t("jwksUri"),
  });

  return (
    <ActionForm state={state} legend={t("title")} summary={summary} isReadOnly={!canWrite}>
      <Card className="space-y-6">
        <ChoicesField
          {...fieldOf("grantTypes")}
          hint={t("grantTypesHint")}
          choices={GRANT_TYPES.map((value) => ({ value, text: tGrants(value) }))}
        />
        <ChoicesField
          {...fieldOf("methods")}
          hint={t("methodsHint")}
          choices={CLIENT_AUTHENTICATION_METHODS.map((value) => ({ value, text: tMethods(value) }))}
        />
        <TextField
          {...fieldOf("tokenTtlSeconds")}
          hint={t("tokenTtlHint", { seconds: String(defaultTtlSeconds) })}
          inputMode="numeric"
          autoComplete="off"
        />
        <TextField {...fieldOf("jwksUri")} hint={t("jwksUriHint")} type="url" autoComplete="off" spellCheck={false} />
      </Card>
      {canWrite && <SubmitButton isBusy={state.isBusy}>{t("save")}</SubmitButton>}
    </ActionForm>
  );
}
