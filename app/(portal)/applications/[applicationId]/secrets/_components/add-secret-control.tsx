"use client";

import { useTranslations } from "next-intl";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import { NewSecretDialog } from "../../_components/new-secret-dialog";

/** Adds a secret beside the others, for a second place that uses the application. */
export function AddSecretControl({ applicationId }: { applicationId: string }) {
  const t = useTranslations("secretForms");
  const { part, failure, load } = useLoadedPart(() => import("./add-secret-form"));
  return (
    <NewSecretDialog label={t("add")} title={t("addTitle")} description={t("addText")} prepare={load} failure={failure}>
      {(form) => part !== undefined && <part.AddSecretForm applicationId={applicationId} {...form} />}
    </NewSecretDialog>
  );
}
