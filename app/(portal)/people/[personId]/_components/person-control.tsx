"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";

type PersonControlProps = {
  title: string;
  /** How it is now. */
  text: string;
  /** What the button does. */
  label: string;
  isShown: boolean;
  run(): Promise<ActionResult<void>>;
  /** Said afterwards. */
  done: string;
  /** Asked before; without it nothing is asked. */
  dialog?: { title: string; text: string; email: string; preview?: ReactNode; cancelLabel: string } | undefined;
};

/** One switch: how things stand, the button that changes them, and the question before something stops. */
export function PersonControl({ title, text, label, isShown, run, done, dialog }: PersonControlProps) {
  const router = useRouter();
  const call = useActionCall();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [announcement, setAnnouncement] = useState("");
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function start() {
    if (isBusy) return;
    setFailure(undefined);
    setAnnouncement("");
    startTransition(async () => {
      const result = await call(run);
      if (!result.ok) return setFailure(result.error);
      setAnnouncement(done);
      router.refresh();
    });
  }

  return (
    <section aria-label={title} className="space-y-3 py-4">
      <div className="space-y-1">
        <h2 className="font-semibold">{title}</h2>
        <p className="text-sm text-ink-muted">{text}</p>
      </div>
      {isShown && (
        <Button
          ref={buttonRef}
          disabled={!isHydrated}
          aria-disabled={isBusy || undefined}
          onClick={() => (dialog === undefined ? start() : setIsAsking(true))}
        >
          {label}
        </Button>
      )}
      <p role="status" className="text-sm text-success empty:hidden">
        {announcement}
      </p>
      {failure !== undefined && <FormFailure error={failure} />}
      {dialog !== undefined && (
        <ConfirmDialog
          isOpen={isAsking}
          onAnswer={(isConfirmed) => {
            setIsAsking(false);
            if (isConfirmed) start();
          }}
          title={dialog.title}
          description={
            <div className="space-y-3">
              <p className="font-semibold break-all text-ink">{dialog.email}</p>
              <p>{dialog.text}</p>
              {dialog.preview}
            </div>
          }
          confirmLabel={label}
          cancelLabel={dialog.cancelLabel}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            buttonRef.current?.focus();
          }}
        />
      )}
    </section>
  );
}
