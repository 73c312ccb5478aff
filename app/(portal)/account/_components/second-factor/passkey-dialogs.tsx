"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SubmitFailure } from "@/components/form/action-form";
import { TextField } from "@/components/form/form-field";
import { makePasskey } from "@/components/form/identity/ask-passkey";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionCall } from "@/components/form/use-action-call";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/actions/action-result";
import type { AddedFactor, OwnPasskey } from "@/lib/staff/second-factor/second-factor.types";
import { addPasskeyAction, offerPasskeyAction, renamePasskeyAction } from "../../second-factor/actions";

type AddPasskeyDialogProps = { onCancel(): void; onAdded(added: AddedFactor): void };

/** Asks for a name, has the browser make a passkey, and adds it. */
export function AddPasskeyDialog({ onCancel, onAdded }: AddPasskeyDialogProps) {
  const t = useTranslations("secondFactor");
  const call = useActionCall();

  async function add({ name }: { name: string }): Promise<ActionResult<AddedFactor>> {
    const offered = await call(() => offerPasskeyAction({}));
    if (!offered.ok) return offered;
    const made = await makePasskey(offered.data);
    return made.ok ? addPasskeyAction({ name, registration: made.data }) : made;
  }

  return (
    <NameDialog
      title={t("addPasskeyTitle")}
      text={t("addPasskeyText")}
      name=""
      said={t("passkeyAdded")}
      submitLabel={t("addPasskey")}
      action={add}
      onCancel={onCancel}
      onSuccess={onAdded}
    />
  );
}

/** Asks for another name of a passkey. */
export function RenamePasskeyDialog({ passkey, onClose }: { passkey: OwnPasskey; onClose(): void }) {
  const t = useTranslations("secondFactor");
  const router = useRouter();
  return (
    <NameDialog
      title={t("renamePasskeyTitle")}
      text=""
      name={passkey.name}
      said={t("passkeyRenamed")}
      submitLabel={t("savePasskey")}
      action={({ name }) => renamePasskeyAction({ passkeyId: passkey.id, name })}
      onCancel={onClose}
      onSuccess={() => {
        onClose();
        router.refresh();
      }}
    />
  );
}

type NameDialogProps<Data> = {
  title: string;
  text: ReactNode;
  name: string;
  said: string;
  submitLabel: string;
  action(input: { name: string }): Promise<ActionResult<Data>>;
  onCancel(): void;
  onSuccess(data: Data): void;
};

function NameDialog<Data>({
  title,
  text,
  name,
  said,
  submitLabel,
  action,
  onCancel,
  onSuccess,
}: NameDialogProps<Data>) {
  const t = useTranslations("secondFactor");
  const form = useTranslations("form");
  const state = useActionForm({
    schema: () =>
      import("@/lib/staff/second-factor/passkeys/passkey.schema").then((shared) => shared.passkeyNameSchema),
    defaultValues: { name },
    action,
    said,
    isGuarded: false,
    onSuccess: (data) => onSuccess(data),
  });
  const { fieldOf } = useFormFields(state.form, "passkey", { name: t("passkeyName") });
  return (
    <Dialog isOpen onOpenChange={onCancel} title={title} description={text}>
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
        <TextField {...fieldOf("name")} hint={t("passkeyNameHint")} autoComplete="off" maxLength={100} required />
        <SubmitFailure state={state} />
        <DialogButtons>
          <Button onClick={onCancel}>{form("cancel")}</Button>
          <SubmitButton isBusy={state.isBusy}>{submitLabel}</SubmitButton>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
