"use client";

import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

type DialogProps = {
  isOpen: boolean;
  /** Called when Escape asks to close it. Clicks outside never do: they would lose what was typed. */
  onOpenChange(isOpen: boolean): void;
  title: string;
  description: ReactNode;
  children: ReactNode;
} & Pick<ComponentProps<typeof Primitive.Content>, "className" | "onOpenAutoFocus" | "onCloseAutoFocus">;

/**
 * A task that is done without leaving the page, such as a form. The scrim is a plain element because the library's own
 * writes a style sheet into the page, which the Content-Security-Policy forbids.
 */
export function Dialog({ isOpen, onOpenChange, title, description, children, className, ...content }: DialogProps) {
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
            onInteractOutside={(event) => event.preventDefault()}
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
