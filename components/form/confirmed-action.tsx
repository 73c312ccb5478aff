"use client";

import { type ReactNode, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";
import { FormFailure } from "./form-failure";
import { useActionCall } from "./use-action-call";

type ConfirmedActionProps<Data> = {
  label: string;
  /** Names the button where several on the page have the same label. */
  accessibleLabel?: string;
  /** Asked before anything happens, for what hurts. */
  question?: { title: string; description: ReactNode; confirmLabel?: string; cancelLabel: string };
  action(): Promise<ActionResult<Data>>;
  /** Read to people who do not see the page, once it is done. */
  announcement?: string;
  onSuccess(data: Data): void;
};

/** A button that does one thing on the server, after a question if there is one. The focus stays with it. */
export function ConfirmedAction<Data>(props: ConfirmedActionProps<Data>) {
  const { label, accessibleLabel, question, action, announcement, onSuccess } = props;
  const call = useActionCall();
  const isHydrated = useIsHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<ActionError>();
  const [isDone, setIsDone] = useState(false);
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);

  function run() {
    if (isBusy) return;
    setFailure(undefined);
    setIsDone(false);
    startTransition(async () => {
      const result = await call(action);
      if (!result.ok) return setFailure(result.error);
      setIsDone(true);
      onSuccess(result.data);
    });
  }

  return (
    <>
      <Button
        ref={buttonRef}
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        aria-label={accessibleLabel}
        onClick={() => (question === undefined ? run() : setIsAsking(true))}
      >
        {label}
      </Button>
      <span role="status" className="sr-only">
        {isDone ? announcement : ""}
      </span>
      {question !== undefined && (
        <ConfirmDialog
          isOpen={isAsking}
          onAnswer={(isConfirmed) => {
            setIsAsking(false);
            if (isConfirmed) run();
          }}
          title={question.title}
          description={question.description}
          confirmLabel={question.confirmLabel ?? label}
          cancelLabel={question.cancelLabel}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            buttonRef.current?.focus();
          }}
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
