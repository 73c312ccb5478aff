"use client";

import { useTranslations } from "next-intl";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import { NewSecretDialog } from "../new-secret-dialog";
import type { ReplaceableSecret } from "./rotate-secret-form";

type RotateSecretControlProps = { applicationId: string; secrets: ReplaceableSecret[] };

/**
 * Makes a new secret and lets somebody choose when the old ones are revoked. The form is loaded when it is asked for: it
 * stands behind every page of an application.
 */
export function RotateSecretControl({ applicationId, secrets }: RotateSecretControlProps) {
  const t = useTranslations("secretForms");
  const { part, failure, load } = useLoadedPart(() => import("./rotate-secret-form"));
  return (
    <NewSecretDialog
      variant="primary"
      label={t("rotate")}
      title={t("rotateTitle")}
      description={t("rotateText")}
      prepare={load}
      failure={failure}
    >
      {(form) =>
        part !== undefined && <part.RotateSecretForm applicationId={applicationId} secrets={secrets} {...form} />
      }
    </NewSecretDialog>
  );
}
