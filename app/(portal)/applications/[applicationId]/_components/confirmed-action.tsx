"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";

type ConfirmedActionProps<Data> = {
  label: string;
  /** Begins with the label and says of what, where a page has several such buttons. */
  accessibleLabel?: string;
  variant?: ComponentProps<typeof Button>["variant"];
  title: string;
  description: ReactNode;
  /** What will stop, counted. */
  preview?: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
  action(): Promise<ActionResult<Data>>;
  /** Says what has been done, for the status line. */
  toStatus(data: Data): string;
  /** Where the focus goes when the button may be gone afterwards. */
  onDone?(announcement: string): void;
};

/** A button that asks before it does something, does it, and says what became of it. */
export function ConfirmedAction<Data>({ action, toStatus, onDone, preview, ...props }: ConfirmedActionProps<Data>) {
  const router = useRouter();
  const call = useActionCall();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [announcement, setAnnouncement] = useState("");
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function answer(isConfirmed: boolean) {
    setIsAsking(false);
    if (!isConfirmed || isBusy) return;
    setFailure(undefined);
    setAnnouncement("");
    startTransition(async () => {
      const result = await call(action);
      if (!result.ok) return setFailure(result.error);
      const text = toStatus(result.data);
      if (onDone === undefined) setAnnouncement(text);
      else onDone(text);
      router.refresh();
    });
  }

  return (
    <>
      <Button
        ref={buttonRef}
        variant={props.variant}
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        aria-label={props.accessibleLabel}
        onClick={() => setIsAsking(true)}
      >
        {props.label}
      </Button>
      <span role="status" className="text-sm text-success">
        {announcement}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onAnswer={answer}
        title={props.title}
        description={
          <div className="space-y-3">
            <div>{props.description}</div>
            {preview}
          </div>
        }
        confirmLabel={props.confirmLabel}
        cancelLabel={props.cancelLabel}
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
