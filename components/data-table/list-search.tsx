"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/input-styles";
import { cn } from "@/lib/cn";
import { SEARCH_LENGTH_MAX } from "@/lib/list/list-address";
import { useIsListPending } from "./list-form";

const TYPING_PAUSE_MS = 300;

type ListSearchProps = {
  /** What the address says. */
  q: string;
  /** The accessible name: "Search applications". */
  label: string;
  placeholder: string;
};

/** The search box of a list: it searches while one types. */
export function ListSearch({ q, label, placeholder }: ListSearchProps) {
  const t = useTranslations("list");
  const isPending = useIsListPending();
  const inputRef = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useRef<string>(undefined);

  function search() {
    clearTimeout(timer.current);
    const text = inputRef.current?.value.trim() ?? "";
    if (text === shown.current) return;
    shown.current = text;
    inputRef.current?.form?.requestSubmit();
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
    <div className="flex min-w-0 flex-1 basis-72 gap-2">
      <div className="relative min-w-0 flex-1">
        <Search
          aria-hidden="true"
          className={cn("absolute top-3 left-3 size-4 text-ink-muted", isPending && "animate-pulse")}
        />
        <input
          ref={inputRef}
          type="search"
          name="q"
          aria-label={label}
          placeholder={placeholder}
          defaultValue={q}
          maxLength={SEARCH_LENGTH_MAX}
          className={cn(inputStyles, "min-h-10 py-1.5 pl-9")}
          onChange={searchSoon}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            search();
          }}
          // Before a click elsewhere does something: a search that starts later would undo it.
          onBlur={search}
        />
      </div>
      {/* It searches by itself where there are scripts. */}
      <Button type="submit" className="hidden noscript:inline-flex">
        {t("search")}
      </Button>
    </div>
  );
}
