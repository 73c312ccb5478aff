"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { PersonDetail } from "@/lib/people/person.types";
import type { RecentCalls } from "@/lib/usage/usage.types";
import { CallsPreview } from "../../../_components/calls-preview";
import {
  endPersonTokensAction,
  exposeStaffAction,
  protectStaffAction,
  setPersonDelegationAction,
  setPersonStatusAction,
} from "../../actions";
import { PersonControl } from "./person-control";

type PersonControlsCardProps = {
  person: PersonDetail;
  /** What would stop: the calls of the last 24 hours. */
  calls: RecentCalls;
  canWrite: boolean;
  canExposeStaff: boolean;
  now: Date;
};

/** What stands between the person and the applications, and the switches for it. */
export function PersonControlsCard({ person, calls, canWrite, canExposeStaff, now }: PersonControlsCardProps) {
  const t = useTranslations("person");
  const { id: personId, email, isActive, canBeActedFor, staff } = person;
  const preview = <CallsPreview calls={calls} now={now} />;
  const switchOff = { email, preview, cancelLabel: t("keep") };
  return (
    <Card className="divide-y divide-line py-1 sm:py-2">
      <PersonControl
        title={t("status")}
        text={isActive ? t("activeText") : t("inactiveText")}
        label={isActive ? t("deactivate") : t("activate")}
        isShown={canWrite}
        done={t("changed")}
        run={() => setPersonStatusAction({ personId, isActive: !isActive })}
        dialog={isActive ? { ...switchOff, title: t("deactivateTitle"), text: t("deactivateText") } : undefined}
      />
      <PersonControl
        title={t("delegation")}
        text={canBeActedFor ? t("actableText") : t("protectedText")}
        label={canBeActedFor ? t("protect") : t("unprotect")}
        isShown={canWrite}
        done={t("changed")}
        run={() => setPersonDelegationAction({ personId, canBeActedFor: !canBeActedFor })}
        dialog={canBeActedFor ? { ...switchOff, title: t("protectTitle"), text: t("protectText") } : undefined}
      />
      {staff !== null && (
        <PersonControl
          title={t("staff")}
          text={staff.canBeActedFor ? t("staffExposedText") : t("staffProtectedText")}
          label={staff.canBeActedFor ? t("protectStaff") : t("exposeStaff")}
          isShown={canExposeStaff}
          done={t("changed")}
          run={() =>
            staff.canBeActedFor
              ? protectStaffAction({ staffMemberId: staff.id })
              : exposeStaffAction({ staffMemberId: staff.id })
          }
          dialog={
            staff.canBeActedFor
              ? { ...switchOff, title: t("protectStaffTitle"), text: t("protectStaffText") }
              : { email, cancelLabel: t("keepProtected"), title: t("exposeStaffTitle"), text: t("exposeStaffText") }
          }
        />
      )}
      <PersonControl
        title={t("tokensTitle")}
        text={t("tokensText")}
        label={t("endTokens")}
        isShown={canWrite}
        done={t("tokensEnded")}
        run={() => endPersonTokensAction({ personId })}
        dialog={{ ...switchOff, title: t("endTokensTitle"), text: t("endTokensText") }}
      />
    </Card>
  );
}
