"use client";

import { useTranslations } from "next-intl";
import { MomentField } from "@/components/form/moment-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import type { ActionResult } from "@/lib/actions/action-result";
import type { IssuedSecret } from "@/lib/applications/application.types";
import { HandOverHint, PickUpLinkButton } from "../../../_components/pick-up-link-button";
import { useHandOver } from "../../../_components/use-hand-over";
import { DialogForm } from "../../_components/dialog-form";
import { NewSecretFields } from "../../_components/new-secret-fields";
import { addSecretAction, makePickUpLinkAction } from "../actions";

/** A secret that is added replaces none. */
const REPLACES_NONE = { secretIds: [], revocation: "now", revocationAt: "" };

type AddSecretFormProps = { applicationId: string; onDone(issued: IssuedSecret): void; onCancel(): void };

/** What may be said about a secret that is added beside the others. */
export function AddSecretForm({ applicationId, onDone, onCancel }: AddSecretFormProps) {
  const t = useTranslations("secretForms");
  const handOver = useHandOver();
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/secrets/application-secret.schema").then((shared) => shared.newSecretSchema),
    defaultValues: { label: "", expiresAt: "" },
    action: (values): Promise<ActionResult<IssuedSecret>> =>
      handOver.isByLink()
        ? makePickUpLinkAction({ applicationId, ...REPLACES_NONE, ...values })
        : addSecretAction({ applicationId, ...values }),
    said: null,
    onSuccess: onDone,
  });
  const { fieldOf, momentOf } = useFormFields(state.form, "new-secret", {
    label: t("label"),
    expiresAt: t("expiresAt"),
  });
  return (
    <DialogForm
      state={state}
      submitLabel={t("add")}
      onCancel={onCancel}
      otherWay={<PickUpLinkButton state={state} handOver={handOver} />}
    >
      <NewSecretFields
        label={fieldOf("label")}
        expiresAt={(hint) => <MomentField {...momentOf("expiresAt")} hint={hint} />}
      />
      <HandOverHint of="secret" />
    </DialogForm>
  );
}
