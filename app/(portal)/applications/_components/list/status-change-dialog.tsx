"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { AlertDialog, AlertDialogCancel, DialogButtons } from "@/components/ui/dialog";
import { CallsPreview } from "../../../_components/calls-preview";
import type { AskedStatusChange } from "./use-status-change";

type StatusChangeDialogProps = { asked: AskedStatusChange; onAnswer(isConfirmed: boolean): void };

/** Says which applications are about to be switched, and what they did lately, before anything happens. */
export function StatusChangeDialog({
  asked: { isActive, chosen, preview, askedAt },
  onAnswer,
}: StatusChangeDialogProps) {
  const t = useTranslations("statusChange");
  const count = preview.applications.length;
  const unchanged = chosen - count;
  return (
    <AlertDialog
      isOpen
      onOpenChange={() => onAnswer(false)}
      title={isActive ? t("activateTitle", { count }) : t("deactivateTitle", { count })}
      description={
        <p>{count === 0 ? t("nothing") : isActive ? t("activateText", { count }) : t("deactivateText", { count })}</p>
      }
    >
      {count > 0 && (
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
          aria-label={t("names")}
          className="max-h-48 list-disc space-y-1 overflow-y-auto pl-6 text-sm"
        >
          {preview.applications.map(({ id, name }) => (
            <li key={id} className="font-medium break-words">
              {name}
            </li>
          ))}
        </ul>
      )}
      {count > 0 && unchanged > 0 && <p className="text-sm text-ink-muted">{t("unchanged", { count: unchanged })}</p>}
      {count > 0 && !isActive && <CallsPreview calls={preview.calls} now={askedAt} />}
      <DialogButtons>
        <AlertDialogCancel>{t("cancel")}</AlertDialogCancel>
        {count > 0 && (
          <Button variant={isActive ? "primary" : "danger"} onClick={() => onAnswer(true)}>
            {isActive ? t("activate", { count }) : t("deactivate", { count })}
          </Button>
        )}
      </DialogButtons>
    </AlertDialog>
  );
}
