"use client";

import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import { MomentField } from "@/components/form/moment-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import type { ActionResult } from "@/lib/actions/action-result";
import type { IssuedSecret } from "@/lib/applications/application.types";
import { REVOCATION_DEFAULT } from "@/lib/applications/secrets/application-secret.schema";
import { HandOverHint, PickUpLinkButton } from "../../../_components/pick-up-link-button";
import { useHandOver } from "../../../_components/use-hand-over";
import { makePickUpLinkAction, rotateSecretAction } from "../../secrets/actions";
import { DialogForm } from "../dialog-form";
import { NewSecretFields } from "../new-secret-fields";
import { RevocationField } from "../revocation-field";

/** A live secret that is not scheduled for revocation. */
export type ReplaceableSecret = { id: string; hint: string; label: string | null };

type RotateSecretFormProps = {
  applicationId: string;
  secrets: ReplaceableSecret[];
  onDone(issued: IssuedSecret): void;
  onCancel(): void;
};

/** Which secrets the new one replaces, all of them unless somebody says otherwise, and when those are revoked. */
export function RotateSecretForm({ applicationId, secrets, onDone, onCancel }: RotateSecretFormProps) {
  const t = useTranslations("secretForms");
  const handOver = useHandOver();
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/secrets/application-secret.schema").then((shared) => shared.rotationSchema),
    defaultValues: {
      secretIds: secrets.map(({ id }) => id),
      revocation: REVOCATION_DEFAULT,
      revocationAt: "",
      label: "",
      expiresAt: "",
    },
    action: (values): Promise<ActionResult<IssuedSecret>> =>
      (handOver.isByLink() ? makePickUpLinkAction : rotateSecretAction)({ applicationId, ...values }),
    said: null,
    onSuccess: onDone,
  });
  const [revocation, revocationAt, secretIds] = useWatch({
    control: state.form.control,
    name: ["revocation", "revocationAt", "secretIds"],
  });
  const { textOf, fieldOf, momentOf } = useFormFields(state.form, "rotation", {
    secretIds: t("replaces"),
    revocation: t("revokeOld"),
    revocationAt: t("revocationAt"),
    label: t("label"),
    expiresAt: t("expiresAt"),
  });
  const replaced = textOf("secretIds");

  return (
    <DialogForm
      state={state}
      submitLabel={t("rotate")}
      onCancel={onCancel}
      otherWay={<PickUpLinkButton state={state} handOver={handOver} />}
    >
      {secrets.length === 0 && <p>{t("replacesNone")}</p>}
      {secrets.length === 1 && <p className="text-sm">{t("replacesOne", { hint: secrets[0]?.hint ?? "" })}</p>}
      {secrets.length > 1 && (
        <fieldset className="space-y-2">
          <legend className="font-semibold">{replaced.label}</legend>
          {secrets.map(({ id, hint, label }, index) => (
            <label key={id} className="flex min-h-8 items-center gap-3">
              <input
                {...state.form.register("secretIds")}
                type="checkbox"
                id={index === 0 ? replaced.id : undefined}
                value={id}
                className="size-5 shrink-0 accent-accent"
              />
              <span className="min-w-0 break-words">
                <code className="font-mono text-sm">{t("hint", { hint })}</code> {label}
              </span>
            </label>
          ))}
          <FieldErrors id={`${replaced.id}-error`} errors={replaced.errors} />
        </fieldset>
      )}
      {secretIds.length > 0 && (
        <RevocationField
          time={fieldOf("revocation")}
          moment={<MomentField {...momentOf("revocationAt")} />}
          chosen={[revocation, revocationAt]}
        />
      )}
      <NewSecretFields
        label={fieldOf("label")}
        expiresAt={(hint) => <MomentField {...momentOf("expiresAt")} hint={hint} />}
      />
      <HandOverHint of={secretIds.length > 0 ? "rotation" : "secret"} />
    </DialogForm>
  );
}
