"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Card, CardHeading } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { setApplicationStatusAction } from "../../../actions";

/** Activates an application, for who came here to do that: the menu has it among what is rare. */
export function ActivateCard({ applicationId, isActive }: { applicationId: string; isActive: boolean }) {
  const t = useTranslations("cures");
  const tApplication = useTranslations("application");
  if (isActive) return <Notice tone="success">{t("active")}</Notice>;
  return (
    <Card className="space-y-4">
      <CardHeading text={t("activateText")}>{t("activateTitle")}</CardHeading>
      <ConfirmedAction
        label={t("activate")}
        action={() => setApplicationStatusAction({ applicationId, isActive: true })}
        said={tApplication("activated")}
      />
    </Card>
  );
}
