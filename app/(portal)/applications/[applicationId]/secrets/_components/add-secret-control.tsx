"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import {
  type NewSecretInput,
  type NewSecretValues,
  newSecretSchema,
} from "@/lib/applications/application-secret.schema";
import { useSecretReveal } from "../../../_components/secret-reveal-provider";
import { DialogForm } from "../../_components/dialog-form";
import { NewSecretFields } from "../../_components/new-secret-fields";
import { addSecretAction } from "../actions";

/** Adds a secret beside the others, for a second place that uses the application. */
export function AddSecretControl({ applicationId }: { applicationId: string }) {
  const t = useTranslations("secretForms");
  const reveal = useSecretReveal();
  const isHydrated = useIsHydrated();
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isRevealing = useRef(false);
  const returnFocus = () => buttonRef.current?.focus();

  function finish(credentials: IssuedCredentials) {
    isRevealing.current = true;
    setIsOpen(false);
    reveal(credentials, { occasion: "added", returnFocus });
  }

  return (
    <>
      <Button ref={buttonRef} disabled={!isHydrated} onClick={() => setIsOpen(true)}>
        {t("add")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("addTitle")}
        description={t("addText")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          // The dialog that shows the secret has the focus by now, and gives it back.
          if (!isRevealing.current) returnFocus();
          isRevealing.current = false;
        }}
      >
        <AddSecretForm applicationId={applicationId} onDone={finish} onCancel={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

type AddSecretFormProps = { applicationId: string; onDone(credentials: IssuedCredentials): void; onCancel(): void };

function AddSecretForm({ applicationId, onDone, onCancel }: AddSecretFormProps) {
  const t = useTranslations("secretForms");
  const { form, submit, isBusy, failure } = useActionForm<NewSecretInput, NewSecretValues, IssuedCredentials>({
    schema: newSecretSchema,
    defaultValues: { label: "", expiresAt: "" },
    action: (values) => addSecretAction({ applicationId, ...values }),
    onSuccess: onDone,
  });
  const labels = { label: t("label"), expiresAt: t("expiresAt") };
  const { fieldId, errorsOf } = useFieldErrors(form, "new-secret", ["label", "expiresAt"], labels);
  const field = (name: "label" | "expiresAt") => ({
    id: fieldId(name),
    errors: errorsOf(name),
    control: form.register(name),
  });
  return (
    <DialogForm submit={submit} isBusy={isBusy} failure={failure} submitLabel={t("add")} onCancel={onCancel}>
      <NewSecretFields label={field("label")} expiresAt={field("expiresAt")} />
    </DialogForm>
  );
}
