"use client";

import { useTranslations } from "next-intl";
import { NewSecretDialog } from "./new-secret-dialog";
import { type ReplaceableSecret, RotateSecretForm } from "./rotate-secret-form";

type RotateSecretControlProps = { applicationId: string; secrets: ReplaceableSecret[] };

/** Makes a new secret and lets somebody choose when the old ones are revoked. */
export function RotateSecretControl({ applicationId, secrets }: RotateSecretControlProps) {
  const t = useTranslations("secretForms");
  return (
    <NewSecretDialog label={t("rotate")} title={t("rotateTitle")} description={t("rotateText")}>
      {(form) => <RotateSecretForm applicationId={applicationId} secrets={secrets} {...form} />}
    </NewSecretDialog>
  );
}
