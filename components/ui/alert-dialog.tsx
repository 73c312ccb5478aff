"use client";

import { AlertDialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

type AlertDialogProps = {
  isOpen: boolean;
  /** Called when Escape or a button of the dialog asks to close it. Clicks outside never do. */
  onOpenChange(isOpen: boolean): void;
  title: string;
  description: ReactNode;
  children?: ReactNode;
} & Pick<
  ComponentProps<typeof Primitive.Content>,
  "className" | "onEscapeKeyDown" | "onOpenAutoFocus" | "onCloseAutoFocus"
>;

/**
 * A question or a message that has to be answered before anything else. The scrim is a plain element because the
 * library's own writes a style sheet into the page, which the Content-Security-Policy forbids.
 */
export function AlertDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  className,
  ...content
}: AlertDialogProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <div className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-scrim p-4">
          <Primitive.Content
            aria-modal="true"
            className={cn(
              "w-full max-w-lg space-y-5 rounded-lg border border-line bg-surface p-5 text-ink shadow-xl sm:p-6",
              className,
            )}
            {...content}
          >
            <div className="space-y-2">
              <Primitive.Title className="text-xl font-semibold">{title}</Primitive.Title>
              <Primitive.Description asChild>
                <div className="text-ink-muted">{description}</div>
              </Primitive.Description>
            </div>
            {children}
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The button that leaves everything as it is. It has the focus when the dialog opens. */
export function AlertDialogCancel(props: ComponentProps<typeof Primitive.Cancel>) {
  return <Primitive.Cancel asChild {...props} />;
}

/** The row of buttons at the end of a dialog; on a narrow screen one below the other. */
export function AlertDialogButtons({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">{children}</div>;
}
