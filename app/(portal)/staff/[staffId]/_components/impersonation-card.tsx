"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Card, CardHeading } from "@/components/ui/card";
import type { StaffDetail } from "@/lib/staff/staff.types";
import { allowImpersonationAction, forbidImpersonationAction } from "../../../people/actions";

type ImpersonationCardProps = { member: StaffDetail; canChange: boolean };

/** Whether applications may act for somebody who can open the portal, and the switch for it. */
export function ImpersonationCard({ member, canChange }: ImpersonationCardProps) {
  const t = useTranslations("person");
  const { id: staffMemberId, email, isImpersonationAllowed } = member;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("staff")}</CardHeading>
      <p className="text-ink-muted">
        {isImpersonationAllowed ? t("impersonationAllowedText") : t("impersonationForbiddenText")}
      </p>
      {canChange && (
        <ConfirmedAction
          label={isImpersonationAllowed ? t("forbidImpersonation") : t("allowImpersonation")}
          question={{
            title: isImpersonationAllowed ? t("forbidImpersonationTitle") : t("allowImpersonationTitle"),
            description: (
              <>
                <p className="mb-3 font-semibold wrap-anywhere text-ink">{email}</p>
                <p>{isImpersonationAllowed ? t("forbidImpersonationText") : t("allowImpersonationText")}</p>
              </>
            ),
            cancelLabel: isImpersonationAllowed ? t("keep") : t("keepForbidden"),
          }}
          said={t("changed")}
          action={() =>
            isImpersonationAllowed
              ? forbidImpersonationAction({ staffMemberId })
              : allowImpersonationAction({ staffMemberId })
          }
        />
      )}
    </Card>
  );
}
