"use client";

import { type ComponentProps, type ReactNode, useRef, useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { ActionError } from "@/lib/actions/action-result";
import type { IssuedSecret } from "@/lib/applications/application.types";
import { useSecretReveal } from "../../_components/use-secret-reveal";

type NewSecretDialogProps = {
  label: string;
  title: string;
  description: string;
  variant?: ComponentProps<typeof Button>["variant"];
  /** Loads the form; resolves with whether it is there. */
  prepare(): Promise<boolean>;
  /** Why that did not work. */
  failure: ActionError | undefined;
  /** The form. It tells what was made, or that nobody wants it any more. */
  children(form: { onDone(issued: IssuedSecret): void; onCancel(): void }): ReactNode;
};

/** A button with a form behind it that makes a secret or a link to one, shown once as soon as the form has gone. */
export function NewSecretDialog({ label, title, description, children, ...props }: NewSecretDialogProps) {
  const { variant, prepare } = props;
  const { prepareReveal, reveal } = useSecretReveal();
  const { part, ...dialog } = useLoadedPart(async () => {
    const [dialog, isReady] = await Promise.all([import("@/components/ui/dialog"), prepareReveal()]);
    if (!isReady) throw new Error("What shows the secret has not come.");
    return dialog;
  });
  const isHydrated = useIsHydrated();
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isRevealing = useRef(false);
  const returnFocus = () => buttonRef.current?.focus();
  const failure = props.failure ?? dialog.failure;

  async function open() {
    const loaded = await Promise.all([prepare(), dialog.load()]);
    setIsOpen(!loaded.includes(false));
  }

  function finish(issued: IssuedSecret) {
    isRevealing.current = true;
    setIsOpen(false);
    reveal(issued, { occasion: "added", returnFocus });
  }

  return (
    <>
      <Button ref={buttonRef} variant={variant} disabled={!isHydrated} onClick={open}>
        {label}
      </Button>
      {failure !== undefined && <FormFailure error={failure} />}
      {part !== undefined && (
        <part.Dialog
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          title={title}
          description={description}
          returnFocus={() => {
            // The dialog that shows the secret has the focus by now, and gives it back.
            if (!isRevealing.current) returnFocus();
            isRevealing.current = false;
          }}
        >
          {children({ onDone: finish, onCancel: () => setIsOpen(false) })}
        </part.Dialog>
      )}
    </>
  );
}
