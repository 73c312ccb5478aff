"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { useCloseDisclosure } from "@/components/layout/disclosure";
import { setApplicationStatusAction } from "../../../actions";

type StatusControlProps = {
  applicationId: string;
  name: string;
  isActive: boolean;
  /** What would stop, counted. */
  preview?: ReactNode;
};

/**
 * Switches an application off, after saying what stops, and on again. The menu it stands in closes then.
 */
export function StatusControl({ applicationId, name, isActive, preview }: StatusControlProps) {
  const t = useTranslations("application");
  const router = useRouter();
  const closeMenu = useCloseDisclosure();
  const question = {
    title: t("deactivateTitle"),
    description: t.rich("deactivateText", {
      name,
      strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      p: (chunks) => <p className="mt-2">{chunks}</p>,
    }),
    preview,
    cancelLabel: t("keepActive"),
  };
  return (
    <ConfirmedAction
      variant="ghost"
      label={isActive ? t("deactivate") : t("activate")}
      question={isActive ? question : undefined}
      action={() => setApplicationStatusAction({ applicationId, isActive: !isActive })}
      said={isActive ? t("deactivated") : t("activated")}
      onSuccess={() => {
        closeMenu();
        router.refresh();
      }}
    />
  );
}
