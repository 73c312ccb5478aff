"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import type { FieldValues, UseFormSubscribe } from "react-hook-form";
import { findFollowedLink } from "@/components/ui/followed-link";
import { useLoadedPart } from "@/components/ui/use-loaded-part";

/** Tells the guard whether a form holds what nobody has saved. */
type MarkDraft = (form: object, isDraft: boolean) => void;

const MarkDraftContext = createContext<MarkDraft>(() => {});

/** A way off the page that was stopped, and what goes on with it. */
type StoppedLeave = { goOn(): void };

/**
 * Asks before what was typed is lost: by a link, by Back or Forward where the browser lets a page ask (Navigation API),
 * and by closing or reloading, where only the browser's own question may be shown. Not by the link that says so itself,
 * "Cancel": it has `data-discards`.
 */
export function UnsavedChangesGuard({ children }: { children: ReactNode }) {
  const t = useTranslations("unsavedChanges");
  const drafts = useRef(new Set<object>());
  const isLeaving = useRef(false);
  const [stopped, setStopped] = useState<StoppedLeave>();
  const { part: dialog, load } = useLoadedPart(() => import("@/components/ui/confirm-dialog"));
  const ask = useEffectEvent(async (leave: StoppedLeave) => {
    if (await load()) return setStopped(leave);
    // Without the network the browser's own question has to do.
    if (!window.confirm(t("text"))) return;
    isLeaving.current = true;
    leave.goOn();
  });

  useEffect(() => {
    const guards = () => drafts.current.size > 0 && !isLeaving.current;

    function stopLink(event: MouseEvent) {
      const link = findFollowedLink(event);
      if (link === undefined || !guards()) return;
      if (link.dataset.discards !== undefined) {
        isLeaving.current = true;
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      // Followed as what it is: by the router, or as a document of its own.
      void ask({ goOn: () => link.click() });
    }
    function stopUnload(event: BeforeUnloadEvent) {
      if (guards()) event.preventDefault();
    }
    function stopTraversal(event: NavigateEvent) {
      if (event.navigationType !== "traverse" || !event.cancelable || !guards()) return;
      event.preventDefault();
      const { key } = event.destination;
      void ask({ goOn: () => void window.navigation.traverseTo(key) });
    }

    document.addEventListener("click", stopLink, { capture: true });
    window.addEventListener("beforeunload", stopUnload);
    window.navigation?.addEventListener("navigate", stopTraversal);
    return () => {
      document.removeEventListener("click", stopLink, { capture: true });
      window.removeEventListener("beforeunload", stopUnload);
      window.navigation?.removeEventListener("navigate", stopTraversal);
    };
  }, []);

  function markDraft(form: object, isDraft: boolean) {
    if (isDraft) drafts.current.add(form);
    else drafts.current.delete(form);
    // Whoever types on has not left.
    isLeaving.current = false;
  }

  function answer(isConfirmed: boolean) {
    setStopped(undefined);
    if (!isConfirmed) return;
    isLeaving.current = true;
    stopped?.goOn();
  }

  return (
    <MarkDraftContext value={markDraft}>
      {children}
      {stopped !== undefined && dialog !== undefined && (
        <dialog.ConfirmDialog
          isOpen
          onAnswer={answer}
          title={t("title")}
          description={<p>{t("text")}</p>}
          confirmLabel={t("leave")}
          cancelLabel={t("stay")}
        />
      )}
    </MarkDraftContext>
  );
}

/** Lets the guard know of a form, from the first change until it is saved, taken back or gone. */
export function useDraftGuard<Input extends FieldValues>(subscribe: UseFormSubscribe<Input>, isGuarded: boolean): void {
  const markDraft = useRef(useContext(MarkDraftContext));
  useEffect(() => {
    if (!isGuarded) return;
    const mark = markDraft.current;
    const form = {};
    const unsubscribe = subscribe({
      formState: { isDirty: true },
      callback: ({ isDirty }) => mark(form, isDirty === true),
    });
    return () => {
      unsubscribe();
      mark(form, false);
    };
  }, [subscribe, isGuarded]);
}
