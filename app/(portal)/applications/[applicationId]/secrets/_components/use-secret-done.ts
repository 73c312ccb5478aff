"use client";

import { useRouter } from "next/navigation";
import { useSay } from "@/components/ui/status-region";
import { SECRETS_TITLE_ID } from "./secrets-title";

/** Returns what comes after a change of a secret: it is said, and the focus goes where nothing can be gone. */
export function useSecretDone(): (said: string) => void {
  const say = useSay();
  const router = useRouter();
  return (said) => {
    say(said);
    focusSecretsTitle();
    router.refresh();
  };
}

/** Gives the focus to the heading of the page. */
export function focusSecretsTitle(): void {
  document.getElementById(SECRETS_TITLE_ID)?.focus();
}
