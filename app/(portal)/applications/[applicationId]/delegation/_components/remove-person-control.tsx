"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { useErrorText } from "@/components/form/use-error-text";
import type { PersonRuleEffect } from "@/lib/applications/delegation/delegation.schema";
import { clearAllowListAction, removePersonRuleAction } from "../actions";

type RemovePersonControlProps = {
  applicationId: string;
  name: string;
  effect: PersonRuleEffect;
  rule: { id: string; email: string };
  isLastAllowed: boolean;
  isOpen: boolean;
};

/**
 * Takes a person off a list, after saying what that means. The last one who is allowed takes the list along: the
 * application may then act for all its domains admit, so its name has to be typed. The focus goes to the list's field, or to the button that opens it.
 */
export function RemovePersonControl({ applicationId, name, effect, rule, ...situation }: RemovePersonControlProps) {
  const { isLastAllowed, isOpen } = situation;
  const t = useTranslations("delegation");
  const errorText = useErrorText();
  const router = useRouter();
  const tags = { strong: (chunks: React.ReactNode) => <strong className="break-words text-ink">{chunks}</strong> };
  const removal = {
    title: t(`lists.${effect}.removeTitle`),
    description: t.rich(`lists.${effect}.removeText`, { email: rule.email, ...tags }),
    cancelLabel: t("keepOnList"),
  };
  const clearance = {
    title: isOpen ? t("widenTitle") : t("clearTitle"),
    description: isOpen ? t("clearOpenText") : t("clearText"),
    typed: {
      phrase: name,
      fieldLabel: t.rich("typeName", { name, ...tags }),
      mismatch: errorText("application_name_differs"),
    },
    confirmLabel: t("clearConfirm"),
    cancelLabel: t("keepOnList"),
  };
  return (
    <ConfirmedAction
      label={t("remove")}
      accessibleLabel={t("removeNamed", { email: rule.email })}
      question={isLastAllowed ? clearance : removal}
      said={isLastAllowed ? t("listCleared") : t("removed", { email: rule.email })}
      action={() =>
        isLastAllowed
          ? clearAllowListAction({ applicationId, confirmation: name })
          : removePersonRuleAction({ applicationId, ruleId: rule.id })
      }
      onSuccess={() => {
        // The button goes away with its line.
        const field = document.getElementById(`delegation-${effect}-emails`);
        (field ?? document.getElementById(`delegation-${effect}-open`))?.focus();
        router.refresh();
      }}
    />
  );
}
