"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { cancelSecretRevocationAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";
import { useSecretDone } from "./use-secret-done";

/** Keeps a secret whose revocation is scheduled, after saying what becomes of the one that was to replace it. */
export function CancelRevocationControl({ secret }: { secret: ManagedSecret }) {
  const t = useTranslations("secretForms");
  const done = useSecretDone();
  const { applicationId, id: secretId, hint, successor } = secret;
  const texts = { revoked: t("cancelledNewRevoked"), kept: t("cancelledNewKept"), none: t("cancelled") };
  return (
    <ConfirmedAction
      label={t("cancelRevocation")}
      accessibleLabel={t("cancelRevocationNamed", { hint })}
      question={{
        title: t("cancelTitle"),
        description:
          successor === null
            ? t("cancelText", { hint })
            : t(successor.isUsed ? "cancelTextKept" : "cancelTextRevoked", { hint, successor: successor.hint }),
        cancelLabel: t("keepRevocation"),
      }}
      // It depends on the answer.
      said={null}
      action={() => cancelSecretRevocationAction({ applicationId, secretId })}
      onSuccess={({ newSecret }) => done(texts[newSecret])}
    />
  );
}
