"use client";

import { AlertDialog as AlertPrimitive, Dialog as DialogPrimitive } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { cn } from "@/lib/cn";
import { Button } from "./button";

export type DialogProps = {
  isOpen: boolean;
  /**
   * Called when Escape or a button of the dialog asks to close it. Clicks outside never do: they would lose what was
   * typed.
   */
  onOpenChange(isOpen: boolean): void;
  title: string;
  description: ReactNode;
  children?: ReactNode;
  className?: string;
  /** What has the focus when the dialog opens. Without it that is the button that cancels, or what comes first. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Gives the focus back when the dialog has closed. */
  returnFocus?: (() => void) | undefined;
};

/** A task that is done without leaving the page, such as a form. */
export function Dialog(props: DialogProps) {
  return <Frame parts={DialogPrimitive} {...props} />;
}

/** A question or a message that has to be answered before anything else. */
export function AlertDialog(props: DialogProps) {
  return <Frame parts={AlertPrimitive} {...props} />;
}

type Parts = Pick<typeof DialogPrimitive, "Root" | "Portal" | "Content" | "Title" | "Description">;

/**
 * The scrim is a plain element because the library's own writes a style sheet into the page, which the
 * Content-Security-Policy forbids.
 */
function Frame({ parts, isOpen, onOpenChange, title, description, children, ...rest }: DialogProps & { parts: Parts }) {
  const { className, initialFocus, returnFocus } = rest;
  return (
    <parts.Root open={isOpen} onOpenChange={onOpenChange}>
      <parts.Portal>
        <div className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-scrim p-4">
          <parts.Content
            aria-modal="true"
            className={cn(
              "w-full max-w-lg space-y-5 rounded-lg border border-line bg-surface p-5 text-ink shadow-xl sm:p-6",
              className,
            )}
            onInteractOutside={(event) => event.preventDefault()}
            onOpenAutoFocus={(event) => {
              if (initialFocus === undefined) return;
              event.preventDefault();
              initialFocus.current?.focus();
            }}
            onCloseAutoFocus={(event) => {
              if (returnFocus === undefined) return;
              event.preventDefault();
              returnFocus();
            }}
          >
            <div className="space-y-2">
              <parts.Title className="text-xl font-semibold">{title}</parts.Title>
              <parts.Description asChild>
                <div className="text-ink-muted">{description}</div>
              </parts.Description>
            </div>
            {children}
          </parts.Content>
        </div>
      </parts.Portal>
    </parts.Root>
  );
}

/** The button that leaves everything as it is. It has the focus when the dialog opens. */
export function AlertDialogCancel({ children }: { children: ReactNode }) {
  return (
    <AlertPrimitive.Cancel asChild>
      <Button>{children}</Button>
    </AlertPrimitive.Cancel>
  );
}

/** The row of buttons at the end of a dialog; on a narrow screen one below the other. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">{children}</div>;
}
