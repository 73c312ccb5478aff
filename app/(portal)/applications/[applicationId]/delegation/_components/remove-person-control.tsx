"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { useErrorText } from "@/components/form/use-error-text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TypedConfirmDialog } from "@/components/ui/typed-confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
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
 * application may then act for all its domains admit, so its name has to be typed. The focus goes to the list's field.
 */
export function RemovePersonControl({ applicationId, name, effect, rule, ...situation }: RemovePersonControlProps) {
  const { isLastAllowed, isOpen } = situation;
  const t = useTranslations("delegation");
  const errorText = useErrorText();
  const router = useRouter();
  const call = useActionCall();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function answer(isConfirmed: boolean) {
    setIsAsking(false);
    if (!isConfirmed || isBusy) return;
    setFailure(undefined);
    startTransition(async () => {
      const result = await call(() =>
        isLastAllowed
          ? clearAllowListAction({ applicationId, confirmation: name })
          : removePersonRuleAction({ applicationId, ruleId: rule.id }),
      );
      if (!result.ok) return setFailure(result.error);
      // The button goes away with its line.
      document.getElementById(`delegation-${effect}-emails`)?.focus();
      router.refresh();
    });
  }

  const dialog = {
    isOpen: isAsking,
    onAnswer: answer,
    confirmLabel: isLastAllowed ? t("clearConfirm") : t("remove"),
    cancelLabel: t("keepOnList"),
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      buttonRef.current?.focus();
    },
  };
  const tags = { strong: (chunks: React.ReactNode) => <strong className="break-words text-ink">{chunks}</strong> };
  return (
    <>
      <Button
        ref={buttonRef}
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        aria-label={t("removeNamed", { email: rule.email })}
        onClick={() => setIsAsking(true)}
      >
        {t("remove")}
      </Button>
      {isLastAllowed ? (
        <TypedConfirmDialog
          {...dialog}
          title={isOpen ? t("widenTitle") : t("clearTitle")}
          description={isOpen ? t("clearOpenText") : t("clearText")}
          phrase={name}
          fieldLabel={t.rich("typeName", { name, ...tags })}
          mismatch={errorText("application_name_differs")}
        />
      ) : (
        <ConfirmDialog
          {...dialog}
          title={t(`lists.${effect}.removeTitle`)}
          description={t.rich(`lists.${effect}.removeText`, { email: rule.email, ...tags })}
        />
      )}
      {failure !== undefined && (
        <div className="basis-full">
          <FormFailure error={failure} />
        </div>
      )}
    </>
  );
}
