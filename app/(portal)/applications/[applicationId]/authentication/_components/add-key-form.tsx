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
  type ApplicationKeyInput,
  type ApplicationKeyValues,
  applicationKeySchema,
} from "@/lib/applications/authentication/client-authentication.schema";
import { addApplicationKeyAction } from "../actions";

const FIELDS = ["publicKey", "kid"] as const;

/** Registers a public key. The form is empty again once the key is in the list. */
export function AddKeyForm({ applicationId }: { applicationId: string }) {
  const t = useTranslations("authentication");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [addedKid, setAddedKid] = useState<string>();
  const { form, submit, isBusy, failure } = useActionForm<
    ApplicationKeyInput,
    ApplicationKeyValues,
    { keyId: string; kid: string }
  >({
    schema: applicationKeySchema,
    defaultValues: { publicKey: "", kid: "" },
    async action(values) {
      setAddedKid(undefined);
      return addApplicationKeyAction({ applicationId, ...values });
    },
    onSuccess({ kid }) {
      setAddedKid(kid);
      form.reset();
      router.refresh();
    },
  });
  const labels = { publicKey: t("publicKey"), kid: t("kid") };
  const { fieldId, errorsOf, summary } = useFieldErrors(form, "key", FIELDS, labels);

  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated} className="space-y-6">
        <legend className="sr-only">{t("addKey")}</legend>
        {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
        <ErrorSummary errors={summary} />
        <Card className="space-y-6">
          <h2 className="text-lg font-semibold">{t("addKey")}</h2>
          <FormField
            id={fieldId("publicKey")}
            label={labels.publicKey}
            hint={t("publicKeyHint")}
            errors={errorsOf("publicKey")}
          >
            {(control) => (
              <textarea
                {...control}
                {...form.register("publicKey")}
                rows={6}
                required
                autoComplete="off"
                spellCheck={false}
                className={`${inputStyles} font-mono text-sm`}
              />
            )}
          </FormField>
          <FormField id={fieldId("kid")} label={labels.kid} hint={t("kidHint")} errors={errorsOf("kid")}>
            {(control) => (
              <input
                {...control}
                {...form.register("kid")}
                type="text"
                autoComplete="off"
                spellCheck={false}
                className={inputStyles}
              />
            )}
          </FormField>
          <SubmitButton isBusy={isBusy}>{t("addKeySubmit")}</SubmitButton>
        </Card>
        <p role="status" className="text-sm break-words text-success">
          {addedKid === undefined ? "" : t("keyAdded", { kid: addedKid })}
        </p>
      </fieldset>
    </form>
  );
}
