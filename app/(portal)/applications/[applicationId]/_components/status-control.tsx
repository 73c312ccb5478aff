"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import { setApplicationStatusAction } from "../../actions";

type StatusControlProps = {
  applicationId: string;
  name: string;
  isActive: boolean;
  /** What would stop, counted. */
  preview?: ReactNode;
};

/** Switches an application off, after saying what stops, and on again. One button, so that the focus stays where it was. */
export function StatusControl({ applicationId, name, isActive, preview }: StatusControlProps) {
  const t = useTranslations("application");
  const router = useRouter();
  const call = useActionCall();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [announcement, setAnnouncement] = useState("");
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function setStatus(next: boolean) {
    if (isBusy) return;
    setFailure(undefined);
    startTransition(async () => {
      const result = await call(() => setApplicationStatusAction({ applicationId, isActive: next }));
      if (!result.ok) return setFailure(result.error);
      setAnnouncement(next ? t("activated") : t("deactivated"));
      router.refresh();
    });
  }

  function answer(isConfirmed: boolean) {
    setIsAsking(false);
    if (isConfirmed) setStatus(false);
  }

  return (
    <>
      <Button
        ref={buttonRef}
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        onClick={() => (isActive ? setIsAsking(true) : setStatus(true))}
      >
        {isActive ? t("deactivate") : t("activate")}
      </Button>
      <span role="status" className="sr-only">
        {announcement}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onAnswer={answer}
        title={t("deactivateTitle")}
        description={
          <div className="space-y-3">
            <div>
              {t.rich("deactivateText", {
                name,
                strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
                p: (chunks) => <p className="mt-2">{chunks}</p>,
              })}
            </div>
            {preview}
          </div>
        }
        confirmLabel={t("deactivate")}
        cancelLabel={t("keepActive")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          buttonRef.current?.focus();
        }}
      />
      {failure !== undefined && (
        <div className="basis-full">
          <FormFailure error={failure} />
        </div>
      )}
    </>
  );
}
