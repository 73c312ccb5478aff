"use client";

import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/input-styles";
import { Notice } from "@/components/ui/notice";
import { routes } from "@/lib/routes";
import { looksLikeSecret } from "@/lib/search/looks-like-secret";
import { SEARCH_TEXT_LENGTH_MAX } from "@/lib/search/search.types";

type IncidentSearchProps = {
  /** What the address says. */
  q: string;
  /** What was found for it, in a sentence; empty when nothing was looked for. */
  found: string;
  words: { label: string; hint: string; submit: string; secretRefused: string };
};

/**
 * The one field of the page. What looks like a secret is taken out of it and never sent: whoever comes here may well have
 * one that leaked in the clipboard, and addresses are written down.
 */
export function IncidentSearch({ q, found, words }: IncidentSearchProps) {
  const id = useId();
  const router = useRouter();
  const fieldRef = useRef<HTMLInputElement>(null);
  const [isSecretRefused, setIsSecretRefused] = useState(false);
  const [isPending, startTransition] = useTransition();

  // The way back in the browser changes the address without the field. Who has gone on typing is not interrupted.
  useEffect(() => {
    const field = fieldRef.current;
    if (field !== null && document.activeElement !== field) field.value = q;
  }, [q]);

  function submit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const field = fieldRef.current;
    if (field === null) return;
    const isSecret = looksLikeSecret(field.value);
    setIsSecretRefused(isSecret);
    if (isSecret) field.value = "";
    else startTransition(() => router.push(routes.incident({ q: field.value.trim() }), { scroll: false }));
  }

  return (
    <search className="block max-w-2xl space-y-2">
      <form action={routes.incident()} autoComplete="off" onSubmit={submit} aria-busy={isPending}>
        <label htmlFor={id} className="font-semibold">
          {words.label}
        </label>
        <p id={`${id}-hint`} className="text-sm text-ink-muted">
          {words.hint}
        </p>
        <div className="mt-1.5 flex flex-col gap-2 sm:flex-row">
          <input
            ref={fieldRef}
            id={id}
            type="search"
            name="q"
            defaultValue={q}
            maxLength={SEARCH_TEXT_LENGTH_MAX}
            aria-describedby={`${id}-hint`}
            autoCapitalize="none"
            spellCheck={false}
            className={inputStyles}
          />
          <Button type="submit" aria-disabled={isPending || undefined}>
            {words.submit}
          </Button>
        </div>
      </form>
      <p aria-live="polite" className="text-sm wrap-anywhere text-ink-muted">
        {found}
      </p>
      {isSecretRefused && (
        <Notice tone="warning" role="alert">
          {words.secretRefused}
        </Notice>
      )}
    </search>
  );
}
