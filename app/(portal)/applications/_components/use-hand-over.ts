"use client";

import { useRef } from "react";
import type { SubmittedForm } from "@/components/form/use-action-form";

export type HandOver = {
  /** Whether the form is being sent for a pick-up link, also when it is sent again after a fresh sign-in. */
  isByLink(): boolean;
  /** For the button beside the one that sends the form: sends it for a pick-up link. */
  sendForLink(state: SubmittedForm, event: React.FormEvent): void;
};

/** Lets a form that makes a secret be sent in two ways: to show the secret, which is what Enter does, or for a link. */
export function useHandOver(): HandOver {
  const isByLink = useRef(false);
  return {
    isByLink: () => isByLink.current,
    sendForLink(state, event) {
      // What is under way goes on in the way it began.
      if (state.isBusy || isByLink.current) return;
      isByLink.current = true;
      void state.submit(event).finally(() => {
        isByLink.current = false;
      });
    },
  };
}
