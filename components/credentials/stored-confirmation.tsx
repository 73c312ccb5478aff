"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ShownOnce } from "@/components/ui/use-shown-once";

type StoredConfirmationProps = {
  shown: ShownOnce;
  isStored: boolean;
  onStoredChange(isStored: boolean): void;
  /** Where it is no client secret: what is ticked, what is said while it is not, and what the last press does. */
  words?: { stored: string; notStored: string; closeAndLose: string };
  /** What is read last before the secret is gone. */
  lastWord: string;
  /** Stands around the button that closes. */
  buttons?(button: ReactNode): ReactNode;
};

/**
 * Asks whether a secret is stored, which only a person can say: what was copied may be pasted nowhere. Without that the
 * button that closes warns, and says for the next press what it would do.
 */
export function StoredConfirmation(props: StoredConfirmationProps) {
  const { shown, isStored, onStoredChange, lastWord, buttons = (button) => button } = props;
  const { warning, close } = shown;
  const t = useTranslations("reveal");
  const words = props.words ?? { stored: t("stored"), notStored: t("notStored"), closeAndLose: t("closeAndLose") };
  const isLastPress = warning === "last press";
  return (
    <>
      <label className="flex items-center gap-3 text-sm">
        <input
          type="checkbox"
          className="size-5 shrink-0 accent-accent"
          checked={isStored}
          onChange={(event) => onStoredChange(event.target.checked)}
        />
        {words.stored}
      </label>
      {warning !== "none" && (
        // The last word before it is gone is another one, and read out again.
        <Notice key={warning} tone="warning" role="alert">
          {isLastPress ? lastWord : words.notStored}
        </Notice>
      )}
      {buttons(
        <Button
          variant={isLastPress ? "danger" : "primary"}
          // The second half of a double click is no second decision.
          onClick={(event) => event.detail > 1 || close()}
        >
          {isLastPress ? words.closeAndLose : t("done")}
        </Button>,
      )}
    </>
  );
}
