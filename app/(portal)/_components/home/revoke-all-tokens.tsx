"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { useErrorText } from "@/components/form/use-error-text";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TypedConfirmDialog } from "@/components/ui/typed-confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import type { RecentCalls } from "@/lib/usage/usage.types";
import { revokeAllTokensAction } from "../../actions";
import { CallsPreview } from "../calls-preview";

type RevokeAllTokensProps = {
  /** What has to be typed. */
  phrase: string;
  calls: RecentCalls;
  now: Date;
};

/** The button that revokes every token, after saying what stops and after the name of the installation was typed. */
export function RevokeAllTokens({ phrase, calls, now }: RevokeAllTokensProps) {
  const t = useTranslations("revokeAllTokens");
  const router = useRouter();
  const call = useActionCall();
  const errorText = useErrorText();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [isDone, setIsDone] = useState(false);
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function answer(isConfirmed: boolean) {
    setIsAsking(false);
    if (!isConfirmed || isBusy) return;
    setFailure(undefined);
    setIsDone(false);
    startTransition(async () => {
      const result = await call(() => revokeAllTokensAction({ confirmation: phrase }));
      if (!result.ok) return setFailure(result.error);
      setIsDone(true);
      router.refresh();
    });
  }

  return (
    <div className="space-y-4">
      <Button
        ref={buttonRef}
        variant="danger"
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        onClick={() => !isBusy && setIsAsking(true)}
      >
        {t("open")}
      </Button>
      <div role="status">{isDone && <Notice tone="success">{t("done")}</Notice>}</div>
      {failure !== undefined && <FormFailure error={failure} />}
      <TypedConfirmDialog
        isOpen={isAsking}
        onAnswer={answer}
        title={t("title")}
        description={
          <div className="space-y-3">
            <p>{t("text", { applications: calls.applications })}</p>
            <CallsPreview calls={calls} now={now} />
          </div>
        }
        phrase={phrase}
        fieldLabel={t.rich("confirmation", {
          phrase,
          strong: (chunks) => <strong className="wrap-anywhere text-ink">{chunks}</strong>,
        })}
        mismatch={errorText("installation_name_differs")}
        confirmLabel={t("confirm")}
        cancelLabel={t("cancel")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          buttonRef.current?.focus();
        }}
      />
    </div>
  );
}
