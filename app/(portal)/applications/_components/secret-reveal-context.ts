"use client";

import { type ComponentType, createContext } from "react";
import type { DialogProps } from "@/components/ui/dialog";
import type { ApiAddresses, IssuedSecret } from "@/lib/applications/application.types";

/** How a secret came to be: with its application, or later. Later ones are shown on a page that stays. */
export type RevealOptions = { occasion: "created" } | { occasion: "added"; returnFocus(): void };

export type OneTimeDialogProps = {
  issued: IssuedSecret;
  occasion: RevealOptions["occasion"];
  addresses: ApiAddresses;
  onStoredChange(isStored: boolean): void;
  onClose(): void;
} & Pick<DialogProps, "returnFocus">;

export type ShownSecret = { issued: IssuedSecret; options: RevealOptions; Dialog: ComponentType<OneTimeDialogProps> };

/** What shows a new secret. The dialog comes with whoever makes the secret: it is there before there is one to lose. */
export const SecretRevealContext = createContext<((shown: ShownSecret) => void) | undefined>(undefined);
