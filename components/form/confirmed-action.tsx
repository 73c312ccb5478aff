"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { TypedAnswer } from "@/components/ui/confirm-dialog";
import { useSay } from "@/components/ui/status-region";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";
import { FormFailure } from "./form-failure";
import { useActionCall } from "./use-action-call";

type Question = {
  title: string;
  description: ReactNode;
  /** What will stop, counted. */
  preview?: ReactNode;
  typed?: TypedAnswer;
  /** The button's own label unless told otherwise. */
  confirmLabel?: string;
  cancelLabel: string;
};

type ConfirmedActionProps<Data> = {
  label: string;
  /** Names the button where several on the page have the same label. */
  accessibleLabel?: string | undefined;
  variant?: ComponentProps<typeof Button>["variant"];
  /** Asked before anything happens, for a destructive action. */
  question?: Question | undefined;
  action(): Promise<ActionResult<Data>>;
  /** What the status region of the page says once it is done; `null` where something else does. */
  said: string | null;
  /** What comes next; without it the page is rendered anew. */
  onSuccess?(data: Data): void;
};

const loadQuestion = () => import("@/components/ui/confirm-dialog");

/** A button that does one thing on the server, after a question if there is one. The focus stays with it. */
export function ConfirmedAction<Data>({ action, said, onSuccess, ...props }: ConfirmedActionProps<Data>) {
  const { label, question } = props;
  const router = useRouter();
  const call = useActionCall();
  const say = useSay();
  const isHydrated = useIsHydrated();
  const { part: dialog, failure: notLoaded, load } = useLoadedPart(loadQuestion);
  const [isAsking, setIsAsking] = useState(false);
  const [refused, setRefused] = useState<ActionError>();
  const [isBusy, startTransition] = useTransition();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const failure = notLoaded ?? refused;
  const asks = question !== undefined;

  useEffect(() => {
    // Behind the page, before anybody presses: what takes access away must work in a page whose scripts a newer version has
    // replaced since.
    if (asks) loadQuestion().catch(() => {});
  }, [asks]);

  function run() {
    if (isBusy) return;
    setRefused(undefined);
    say("");
    startTransition(async () => {
      const result = await call(action);
      if (!result.ok) return setRefused(result.error);
      if (said !== null) say(said);
      if (onSuccess === undefined) router.refresh();
      else onSuccess(result.data);
    });
  }

  return (
    <div className="flex max-w-full flex-wrap items-center gap-3">
      <Button
        ref={buttonRef}
        variant={props.variant}
        disabled={!isHydrated}
        aria-disabled={isBusy || undefined}
        aria-label={props.accessibleLabel}
        onClick={async () => (question === undefined ? run() : setIsAsking(await load()))}
      >
        {label}
      </Button>
      {question !== undefined && dialog !== undefined && (
        <dialog.ConfirmDialog
          isOpen={isAsking}
          onAnswer={(isConfirmed) => {
            setIsAsking(false);
            if (isConfirmed) run();
          }}
          title={question.title}
          description={
            <div className="space-y-3">
              <div>{question.description}</div>
              {question.preview}
            </div>
          }
          typed={question.typed}
          confirmLabel={question.confirmLabel ?? label}
          cancelLabel={question.cancelLabel}
          returnFocus={() => buttonRef.current?.focus()}
        />
      )}
      {failure !== undefined && (
        <div className="basis-full">
          <FormFailure error={failure} />
        </div>
      )}
    </div>
  );
}
