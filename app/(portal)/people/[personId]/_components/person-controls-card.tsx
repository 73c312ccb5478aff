"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { PersonDetail } from "@/lib/people/person.types";
import type { RecentCalls } from "@/lib/usage/usage.types";
import { CallsPreview } from "../../../_components/calls-preview";
import {
  allowImpersonationAction,
  forbidImpersonationAction,
  revokePersonTokensAction,
  setPersonDelegationAction,
  setPersonStatusAction,
} from "../../actions";
import { PersonControl } from "./person-control";

type PersonControlsCardProps = {
  person: PersonDetail;
  /** What would stop: the calls of the last 24 hours. */
  calls: RecentCalls;
  canWrite: boolean;
  canAllowImpersonation: boolean;
  now: Date;
};

/** What stands between the person and the applications, and the switches for it. */
export function PersonControlsCard({ person, calls, canWrite, canAllowImpersonation, now }: PersonControlsCardProps) {
  const t = useTranslations("person");
  const { id: personId, email, isActive, isDelegationAllowed, staff } = person;
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
        text={isDelegationAllowed ? t("delegationOnText") : t("delegationOffText")}
        label={isDelegationAllowed ? t("turnDelegationOff") : t("turnDelegationOn")}
        isShown={canWrite}
        done={t("changed")}
        run={() => setPersonDelegationAction({ personId, isDelegationAllowed: !isDelegationAllowed })}
        dialog={
          isDelegationAllowed
            ? { ...switchOff, title: t("turnDelegationOffTitle"), text: t("turnDelegationOffText") }
            : undefined
        }
      />
      {staff !== null && (
        <PersonControl
          title={t("staff")}
          text={staff.isImpersonationAllowed ? t("impersonationAllowedText") : t("impersonationForbiddenText")}
          label={staff.isImpersonationAllowed ? t("forbidImpersonation") : t("allowImpersonation")}
          isShown={canAllowImpersonation}
          done={t("changed")}
          run={() =>
            staff.isImpersonationAllowed
              ? forbidImpersonationAction({ staffMemberId: staff.id })
              : allowImpersonationAction({ staffMemberId: staff.id })
          }
          dialog={
            staff.isImpersonationAllowed
              ? { ...switchOff, title: t("forbidImpersonationTitle"), text: t("forbidImpersonationText") }
              : {
                  email,
                  cancelLabel: t("keepForbidden"),
                  title: t("allowImpersonationTitle"),
                  text: t("allowImpersonationText"),
                }
          }
        />
      )}
      <PersonControl
        title={t("tokensTitle")}
        text={t("tokensText")}
        label={t("revokeTokens")}
        isShown={canWrite}
        done={t("tokensRevoked")}
        run={() => revokePersonTokensAction({ personId })}
        dialog={{ ...switchOff, title: t("revokeTokensTitle"), text: t("revokeTokensText") }}
      />
    </Card>
  );
}
