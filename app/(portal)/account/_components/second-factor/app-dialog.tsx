"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { SubmitFailure } from "@/components/form/action-form";
import { TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import type { AddedFactor, OfferedApp } from "@/lib/staff/second-factor/second-factor.types";
import { addAuthenticatorAppAction } from "../../second-factor/actions";

type AppDialogProps = { offered: OfferedApp; onCancel(): void; onAdded(added: AddedFactor): void };

/** Shows the key of an app to be, as a picture and as text, and asks for the first code. */
export function AppDialog({ offered: { key, qr }, onCancel, onAdded }: AppDialogProps) {
  const t = useTranslations("secondFactor");
  const form = useTranslations("form");
  const titleRef = useRef<HTMLDivElement>(null);
  const state = useActionForm({
    schema: () =>
      import("@/lib/staff/second-factor/second-factor.schema").then((shared) => shared.authenticatorCodeSchema),
    defaultValues: { code: "" },
    action: addAuthenticatorAppAction,
    said: t("appAdded"),
    isGuarded: false,
    onSuccess: onAdded,
  });
  const { fieldOf } = useFormFields(state.form, "app", { code: t("code") });
  return (
    <Dialog
      isOpen
      onOpenChange={onCancel}
      title={t("addAppTitle")}
      description={t("addAppText")}
      className="max-w-xl"
      initialFocus={titleRef}
    >
      <form
        onSubmit={(event) => {
          // React passes the events of a portal on to the form around it in the tree.
          event.stopPropagation();
          void state.submit(event);
        }}
        onFocus={state.prepare}
        noValidate
        className="space-y-5"
      >
        <div ref={titleRef} tabIndex={-1} className="outline-none">
          {/* Dark on light whatever the theme: cameras read it so. */}
          <svg
            role="img"
            aria-label={t("qr")}
            viewBox={`0 0 ${qr.size} ${qr.size}`}
            shapeRendering="crispEdges"
            className="mx-auto size-52 rounded-md bg-white"
          >
            <path d={qr.path} className="fill-black" />
          </svg>
        </div>
        <CopyField label={t("key")} value={key} copyLabel={t("copyKey")} />
        <TextField
          {...fieldOf("code")}
          hint={t("codeHint")}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={16}
          required
        />
        <SubmitFailure state={state} />
        <DialogButtons>
          <Button onClick={onCancel}>{form("cancel")}</Button>
          <SubmitButton isBusy={state.isBusy}>{t("confirmApp")}</SubmitButton>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
