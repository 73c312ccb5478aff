"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Card } from "@/components/ui/card";
import type { StaffDetail } from "@/lib/staff/staff.types";
import { exposeStaffAction, protectStaffAction } from "../../../people/actions";

type ExposureCardProps = { member: StaffDetail; canChange: boolean };

/** Whether applications may act for somebody who can open the portal, and the switch for it. */
export function ExposureCard({ member, canChange }: ExposureCardProps) {
  const t = useTranslations("person");
  const { id: staffMemberId, email, canBeActedFor } = member;
  return (
    <Card className="space-y-4">
      <h2 className="text-lg font-semibold">{t("staff")}</h2>
      <p className="text-ink-muted">{canBeActedFor ? t("staffExposedText") : t("staffProtectedText")}</p>
      {canChange && (
        <ConfirmedAction
          label={canBeActedFor ? t("protectStaff") : t("exposeStaff")}
          question={{
            title: canBeActedFor ? t("protectStaffTitle") : t("exposeStaffTitle"),
            description: (
              <>
                <p className="mb-3 font-semibold wrap-anywhere text-ink">{email}</p>
                <p>{canBeActedFor ? t("protectStaffText") : t("exposeStaffText")}</p>
              </>
            ),
            cancelLabel: canBeActedFor ? t("keep") : t("keepProtected"),
          }}
          announcement={t("changed")}
          action={() => (canBeActedFor ? protectStaffAction({ staffMemberId }) : exposeStaffAction({ staffMemberId }))}
        />
      )}
    </Card>
  );
}
