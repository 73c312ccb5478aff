"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { SecretUse, SecretUses } from "@/lib/applications/secrets/application-secret.types";
import { MINUTE_MS } from "@/lib/time";
import { listSecretUsesAction } from "../actions";

/** The use of a secret is written down once a minute at most; twice as often is soon enough. */
const INTERVAL_MS = 30_000;
/** A screen that nobody touches asks no more; asking does not keep the session awake either. */
const UNATTENDED_MS = 10 * MINUTE_MS;

const SecretUsesContext = createContext<SecretUses | undefined>(undefined);

type SecretUsesProviderProps = { applicationId: string; initial: SecretUses; children: ReactNode };

/**
 * Keeps what the page says about the use of secrets up to date: as the server rendered it, then as the server says when
 * it is asked again, while somebody looks. When a secret has ended meanwhile, the page is rendered anew.
 */
export function SecretUsesProvider({ applicationId, initial, children }: SecretUsesProviderProps) {
  const router = useRouter();
  const [asked, setAsked] = useState<{ since: SecretUses; answer: SecretUses }>();
  // What the server has rendered since then is newer than any answer before it.
  const uses = asked?.since === initial ? asked.answer : initial;
  const shownStates = useRef("");

  useEffect(() => {
    shownStates.current = statesOf(initial);
  }, [initial]);

  useEffect(() => {
    let touchedAt = Date.now();
    let isAsking = false;
    const touch = () => {
      touchedAt = Date.now();
    };
    async function ask() {
      if (isAsking || !isWatched() || Date.now() - touchedAt > UNATTENDED_MS) return;
      isAsking = true;
      const result = await listSecretUsesAction({ applicationId }).catch(() => undefined);
      isAsking = false;
      if (!result?.ok) return;
      setAsked({ since: initial, answer: result.data });
      if (statesOf(result.data) === shownStates.current || !isWatched()) return;
      shownStates.current = statesOf(result.data);
      router.refresh();
    }
    const timer = setInterval(ask, INTERVAL_MS);
    document.addEventListener("visibilitychange", ask);
    for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, touch);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
      for (const event of ["pointerdown", "keydown"]) window.removeEventListener(event, touch);
    };
  }, [applicationId, initial, router]);

  return <SecretUsesContext value={uses}>{children}</SecretUsesContext>;
}

/** Returns how all of them are doing. */
export function useSecretUses(): SecretUses {
  const uses = useContext(SecretUsesContext);
  if (uses === undefined) throw new Error("useSecretUses is used outside of SecretUsesProvider.");
  return uses;
}

/**
 * Returns how a secret is doing, and at which moment that was so; undefined for one that the page does not know yet.
 */
export function useSecretUse(secretId: string): { use: SecretUse; now: Date } | undefined {
  const uses = useSecretUses();
  const use = uses.uses.find((one) => one.secretId === secretId);
  return use === undefined ? undefined : { use, now: uses.now };
}

/** Tells whether a secret is live and was never used, as far as the page knows. */
export function useIsSecretUnused(secretId: string): boolean {
  const use = useSecretUse(secretId)?.use;
  return use !== undefined && use.lastUsedAt === null && (use.state === "live" || use.state === "scheduled");
}

/** Nothing changes behind an open dialog. */
function isWatched(): boolean {
  return document.visibilityState === "visible" && document.querySelector("[role$=dialog]") === null;
}

function statesOf({ uses }: SecretUses): string {
  return uses.map(({ secretId, state }) => `${secretId} ${state}`).join();
}
