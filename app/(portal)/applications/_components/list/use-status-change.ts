"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useActionCall } from "@/components/form/use-action-call";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";
import type { StatusPreview } from "@/lib/applications/application.types";
import { previewApplicationStatusesAction, setApplicationStatusesAction } from "../../actions";

export type AskedStatusChange = { isActive: boolean; chosen: number; preview: StatusPreview; askedAt: Date };

export type DoneStatusChange = { isActive: boolean; count: number; undo(): void };

/**
 * Switches applications on or off, after showing what that touches. `onDone` gets how many were switched, and what
 * switches just these back; the list is read again then.
 */
export function useStatusChange(onDone: (change: DoneStatusChange) => void) {
  const router = useRouter();
  const call = useActionCall();
  const [asked, setAsked] = useState<AskedStatusChange>();
  const [failure, setFailure] = useState<ActionError>();
  const [isBusy, startTransition] = useTransition();

  async function dataOf<Data>(run: () => Promise<ActionResult<Data>>): Promise<Data | undefined> {
    const result = await call(run);
    if (result.ok) return result.data;
    setFailure(result.error);
    return undefined;
  }

  function ask(applicationIds: string[], isActive: boolean) {
    if (isBusy) return;
    setFailure(undefined);
    startTransition(async () => {
      const preview = await dataOf(() => previewApplicationStatusesAction({ applicationIds, isActive }));
      if (preview !== undefined) setAsked({ isActive, chosen: applicationIds.length, preview, askedAt: new Date() });
    });
  }

  function answer(isConfirmed: boolean) {
    setAsked(undefined);
    if (!isConfirmed || asked === undefined) return;
    const { isActive, preview } = asked;
    change(
      preview.applications.map(({ id }) => id),
      isActive,
    );
  }

  function change(applicationIds: string[], isActive: boolean) {
    setFailure(undefined);
    startTransition(async () => {
      const done = await dataOf(() => setApplicationStatusesAction({ applicationIds, isActive }));
      if (done === undefined) return;
      const { switchedIds } = done;
      onDone({ isActive, count: switchedIds.length, undo: () => change(switchedIds, !isActive) });
      router.refresh();
    });
  }

  return { asked, failure, isBusy, ask, answer };
}
