"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import { endApplicationKeyAction } from "../actions";

type EndKeyControlProps = { applicationId: string; keyId: string; kid: string; isLive: boolean; isPublished: boolean };

/**
 * Ends a key, after saying what stops. It cannot be undone, so it is asked about once more. The button is gone then, and
 * the focus goes to what says why.
 */
export function EndKeyControl({ applicationId, keyId, kid, isLive, isPublished }: EndKeyControlProps) {
  const t = useTranslations("authentication");
  const router = useRouter();
  const call = useActionCall();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [announcement, setAnnouncement] = useState("");
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const statusRef = useRef<HTMLParagraphElement>(null);

  function answer(isConfirmed: boolean) {
    setIsAsking(false);
    if (!isConfirmed || isBusy) return;
    setFailure(undefined);
    startTransition(async () => {
      const result = await call(() => endApplicationKeyAction({ applicationId, keyId }));
      if (!result.ok) return setFailure(result.error);
      setAnnouncement(t("keyEndedStatus"));
      statusRef.current?.focus();
      router.refresh();
    });
  }

  return (
    <>
      {isLive && (
        <Button
          ref={buttonRef}
          disabled={!isHydrated}
          aria-disabled={isBusy || undefined}
          aria-label={t("endKeyNamed", { kid })}
          onClick={() => setIsAsking(true)}
        >
          {t("endKey")}
        </Button>
      )}
      <p ref={statusRef} role="status" tabIndex={-1} className="text-sm text-success">
        {announcement}
      </p>
      <ConfirmDialog
        isOpen={isAsking}
        onAnswer={answer}
        title={t("endKeyTitle")}
        description={t.rich(isPublished ? "endKeyPublishedText" : "endKeyText", {
          kid,
          strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
        })}
        confirmLabel={t("endKey")}
        cancelLabel={t("keepKey")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          buttonRef.current?.focus();
        }}
      />
      {failure !== undefined && <FormFailure error={failure} />}
    </>
  );
}
