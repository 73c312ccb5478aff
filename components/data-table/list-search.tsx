"use client";

import { Search } from "lucide-react";
import { useSingleKey } from "@/components/keyboard/single-keys";
import { inputStyles } from "@/components/ui/input-styles";
import { cn } from "@/lib/cn";
import { SEARCH_LENGTH_MAX } from "@/lib/list/list-address";
import { SubmitWithoutScripts } from "./toolbar/submit-without-scripts";
import { useTypedControl } from "./use-list-control";

type ListSearchProps = {
  /** What the address says. */
  q: string;
  /** The accessible name: "Search applications". */
  label: string;
  placeholder: string;
};

/** The search box of a list: it searches while one types. */
export function ListSearch({ q, label, placeholder }: ListSearchProps) {
  const { isPending, field } = useTypedControl(q);
  const keyShortcut = useSingleKey("/");
  return (
    <div className="flex min-w-0 flex-1 basis-72 gap-2">
      <div className="relative min-w-0 flex-1">
        <Search
          aria-hidden="true"
          className={cn("absolute top-3 left-3 size-4 text-ink-muted", isPending && "animate-pulse")}
        />
        <input
          {...field}
          type="search"
          name="q"
          aria-label={label}
          aria-keyshortcuts={keyShortcut}
          placeholder={placeholder}
          maxLength={SEARCH_LENGTH_MAX}
          className={cn(inputStyles, "min-h-10 py-1.5 pl-9")}
        />
      </div>
      <SubmitWithoutScripts />
    </div>
  );
}
