"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useActionCall } from "@/components/form/use-action-call";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";
import type { StatusPreview } from "@/lib/applications/application.types";
import { previewApplicationStatusesAction, setApplicationStatusesAction } from "../actions";

export type AskedStatusChange = { isActive: boolean; chosen: number; preview: StatusPreview; askedAt: Date };

/**
 * Switches applications on or off, after showing what that touches. `onDone` gets how many were switched; the list is
 * read again then.
 */
export function useStatusChange(onDone: (change: { isActive: boolean; count: number }) => void) {
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
    startTransition(async () => {
      const applicationIds = preview.applications.map(({ id }) => id);
      const done = await dataOf(() => setApplicationStatusesAction({ applicationIds, isActive }));
      if (done === undefined) return;
      onDone({ isActive, count: done.count });
      router.refresh();
    });
  }

  return { asked, failure, isBusy, ask, answer };
}
