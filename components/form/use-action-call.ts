"use client";

import { createContext, useContext } from "react";
import type { ActionResult } from "@/lib/actions/action-result";
import { reachAction } from "./reach-action";

/** Asks a person to prove who they are and resolves with whether they did. */
export type ConfirmIdentity = () => Promise<boolean>;

export const ConfirmIdentityContext = createContext<ConfirmIdentity | undefined>(undefined);

export type ActionCall = <Data>(run: () => Promise<ActionResult<Data>>) => Promise<ActionResult<Data>>;

/**
 * Returns the way to call a server action from the browser. An action that wants a fresh proof of identity is called
 * again once it was given, so neither forms nor buttons know about it and nothing typed is lost. It fails as
 * `reachAction` does.
 */
export function useActionCall(): ActionCall {
  const confirmIdentity = useContext(ConfirmIdentityContext);
  return async (run) => {
    const result = await reachAction(run);
    const isRefusedForNow = !result.ok && result.error.reason === "reauthentication_required";
    if (!isRefusedForNow || confirmIdentity === undefined) return result;
    return (await confirmIdentity()) ? reachAction(run) : result;
  };
}
