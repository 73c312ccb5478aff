"use client";

import { useContext, useRef } from "react";
import type { IssuedSecret } from "@/lib/applications/application.types";
import { type RevealOptions, SecretRevealContext, type ShownSecret } from "./secret-reveal-context";

/** For forms that make credentials or a link to them: shows those once. */
export function useSecretReveal(): {
  /** Loads what shows them, before they are made: then nothing can be missing any more. Resolves with whether it is there. */
  prepareReveal(): Promise<boolean>;
  reveal(issued: IssuedSecret, options?: RevealOptions): void;
} {
  const show = useContext(SecretRevealContext);
  const dialog = useRef<ShownSecret["Dialog"]>(undefined);
  if (show === undefined) throw new Error("useSecretReveal is used outside of SecretRevealProvider.");
  return {
    async prepareReveal() {
      const loaded = await import("./one-time-dialog").catch(() => undefined);
      dialog.current = loaded?.OneTimeDialog;
      return loaded !== undefined;
    },
    reveal(issued, options = { occasion: "created" }) {
      if (dialog.current === undefined) throw new Error("A secret was made before what shows it was loaded.");
      show({ issued, options, Dialog: dialog.current });
    },
  };
}
