"use client";

import type { ReactNode } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import type { ActionResult } from "@/lib/actions/action-result";

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
  return (
    <section aria-label={title} className="space-y-3 py-4">
      <div className="space-y-1">
        <h2 className="font-semibold">{title}</h2>
        <p className="text-sm text-ink-muted">{text}</p>
      </div>
      {isShown && (
        <ConfirmedAction
          label={label}
          question={
            dialog && {
              title: dialog.title,
              description: (
                <>
                  <p className="mb-3 font-semibold wrap-anywhere text-ink">{dialog.email}</p>
                  <p>{dialog.text}</p>
                </>
              ),
              preview: dialog.preview,
              cancelLabel: dialog.cancelLabel,
            }
          }
          action={run}
          said={done}
        />
      )}
    </section>
  );
}
