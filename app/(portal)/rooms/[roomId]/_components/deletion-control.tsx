"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import { deleteRoomAction, restoreRoomAction } from "../../actions";

type DeletionControlProps = { roomId: string; name: string; isDeleted: boolean; retentionDays: number };

/** Deletes a room, after saying what that means, and gives it back. One button, so that the focus stays where it was. */
export function DeletionControl({ roomId, name, isDeleted, retentionDays }: DeletionControlProps) {
  const t = useTranslations("roomControls");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [announcement, setAnnouncement] = useState("");
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function run(action: typeof deleteRoomAction, done: string) {
    if (isBusy) return;
    setFailure(undefined);
    startTransition(async () => {
      const result = await action({ roomId }).catch(() => undefined);
      if (!result?.ok) return setFailure(result?.error ?? { reason: "unreachable" });
      setAnnouncement(done);
      router.refresh();
    });
  }

  function answer(isConfirmed: boolean) {
    setIsAsking(false);
    if (isConfirmed) run(deleteRoomAction, t("deleted"));
  }

  return (
    <>
      <Button
        ref={buttonRef}
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        onClick={() => (isDeleted ? run(restoreRoomAction, t("restored")) : setIsAsking(true))}
      >
        {isDeleted ? t("restore") : t("delete")}
      </Button>
      <span role="status" className="sr-only">
        {announcement}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onAnswer={answer}
        title={t("deleteTitle")}
        description={t.rich("deleteText", {
          name,
          days: retentionDays,
          strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
          p: (chunks) => <p className="mt-2">{chunks}</p>,
        })}
        confirmLabel={t("delete")}
        cancelLabel={t("keep")}
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
