"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/input-styles";
import { cn } from "@/lib/cn";
import { routes } from "@/lib/routes";

const TYPING_PAUSE_MS = 300;

/**
 * Searches while one types. The address is the state: it changes, the server answers. Without scripts it is a form like
 * any other, with a button.
 */
export function ApplicationSearch({ q }: { q: string }) {
  const t = useTranslations("applications");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const inputRef = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useRef<string>(undefined);

  function search() {
    clearTimeout(timer.current);
    const text = inputRef.current?.value.trim() ?? "";
    if (text === shown.current) return;
    shown.current = text;
    startTransition(() => router.replace(routes.applications.list({ q: text }), { scroll: false }));
  }

  function searchSoon() {
    clearTimeout(timer.current);
    timer.current = setTimeout(search, TYPING_PAUSE_MS);
  }

  useEffect(() => {
    const isFirst = shown.current === undefined;
    if (inputRef.current === null) return;
    shown.current ??= q;
    // What was typed before this ran is searched for; an address that changed elsewhere is shown.
    if (isFirst && inputRef.current.value.trim() !== q) timer.current = setTimeout(search, TYPING_PAUSE_MS);
    else if (q !== shown.current && !isPending) inputRef.current.value = shown.current = q;
  });

  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <search>
      <form
        action={routes.applications.list()}
        className="flex max-w-xl gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <div className="relative min-w-0 flex-1">
          <Search
            aria-hidden="true"
            className={cn("absolute top-3 left-3 size-4 text-ink-muted", isPending && "animate-pulse")}
          />
          <input
            ref={inputRef}
            type="search"
            name="q"
            aria-label={t("search")}
            placeholder={t("searchHint")}
            defaultValue={q}
            maxLength={100}
            autoComplete="off"
            className={cn(inputStyles, "min-h-10 py-1.5 pl-9")}
            onChange={searchSoon}
            // Before a click elsewhere does something: a search that starts later would undo it.
            onBlur={search}
          />
        </div>
        <Button type="submit">{t("searchButton")}</Button>
      </form>
    </search>
  );
}
