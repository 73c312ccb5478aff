"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { afterLoading } from "@/components/form/after-loading";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Card, CardHeading } from "@/components/ui/card";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import { routes } from "@/lib/routes";
import type { IssuedStaffLink, StaffDetail } from "@/lib/staff/staff.types";
import {
  issueStaffLinkAction,
  resetSecondFactorsAction,
  revokeInvitationAction,
  setStaffStatusAction,
  signOutStaffMemberAction,
} from "../../actions";

/** What can be done about how a member comes in: links, sessions, and shutting them out. */
export function AccessCard({ member }: { member: StaffDetail }) {
  const t = useTranslations("staff");
  const router = useRouter();
  const [link, setLink] = useState<IssuedStaffLink>();
  const { id: staffId, name, status, isExternal } = member;
  const { part: dialog, load } = useLoadedPart(() => import("../../_components/staff-link-dialog"));
  const issueLink = () => afterLoading(load, () => issueStaffLinkAction({ staffId }));

  return (
    <Card className="space-y-4">
      <CardHeading>{t("access")}</CardHeading>
      {status === "invited" || status === "invitation_not_live" ? (
        <div className="flex flex-wrap gap-3">
          <ConfirmedAction
            label={t("renewInvitation")}
            question={{
              title: t("renewInvitationTitle"),
              description: t("renewInvitationText", { name }),
              cancelLabel: t("keep"),
            }}
            said={null}
            action={issueLink}
            onSuccess={setLink}
          />
          <ConfirmedAction
            label={t("revokeInvitation")}
            question={{
              title: t("revokeInvitationTitle"),
              description: t("revokeInvitationText", { name }),
              cancelLabel: t("keep"),
            }}
            said={t("invitationRevoked", { name })}
            action={() => revokeInvitationAction({ staffId })}
            onSuccess={() => router.push(routes.staff.list())}
          />
        </div>
      ) : (
        <div className="flex flex-wrap gap-3">
          {status === "active" && !isExternal && (
            <ConfirmedAction label={t("offerPassword")} said={null} action={issueLink} onSuccess={setLink} />
          )}
          {status === "active" && (
            <ConfirmedAction
              label={t("signOut")}
              said={t("signedOut")}
              action={() => signOutStaffMemberAction({ staffId })}
            />
          )}
          {member.hasSecondFactor && (
            <ConfirmedAction
              label={t("resetFactors")}
              question={{
                title: t("resetFactorsTitle"),
                description: t("resetFactorsText", { name }),
                cancelLabel: t("keep"),
              }}
              said={t("factorsReset", { name })}
              action={() => resetSecondFactorsAction({ staffId })}
            />
          )}
          <ConfirmedAction
            label={status === "active" ? t("deactivate") : t("activate")}
            question={
              status === "active"
                ? { title: t("deactivateTitle"), description: t("deactivateText", { name }), cancelLabel: t("keep") }
                : undefined
            }
            said={status === "active" ? t("deactivated", { name }) : t("activated", { name })}
            action={() => setStaffStatusAction({ staffId, isActive: status !== "active" })}
          />
        </div>
      )}
      {link !== undefined && dialog !== undefined && (
        <dialog.StaffLinkDialog
          link={link}
          onForget={() => setLink(undefined)}
          onClose={() => {
            setLink(undefined);
            router.refresh();
          }}
        />
      )}
    </Card>
  );
}
