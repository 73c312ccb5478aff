"use client";

import { LinkIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SubmittedForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { HandOver } from "./use-hand-over";

type PickUpLinkButtonProps = { state: SubmittedForm; handOver: HandOver };

/** Sends a form that makes a secret for a link to it instead. Enter in a field never does. */
export function PickUpLinkButton({ state, handOver }: PickUpLinkButtonProps) {
  const t = useTranslations("pickUpLinks");
  const isHydrated = useIsHydrated();
  return (
    <Button
      disabled={!isHydrated}
      aria-disabled={state.isBusy || undefined}
      onClick={(event) => handOver.sendForLink(state, event)}
    >
      <LinkIcon aria-hidden="true" />
      {t("make")}
    </Button>
  );
}

type HandOverHintProps = {
  /** What is made: an application as well, a secret in the place of others, or one beside them. */
  of: "application" | "rotation" | "secret";
};

/** What the two ways to hand a secret over come to. */
export function HandOverHint({ of }: HandOverHintProps) {
  const t = useTranslations("pickUpLinks");
  return (
    <p className="text-sm text-ink-muted">
      {t("hint")}
      {of === "application" && ` ${t("hintApplication")}`}
      {of === "rotation" && ` ${t("hintRotation")}`}
    </p>
  );
}
