"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { cn } from "@/lib/cn";

type FilterFoldProps = {
  /** How many filters are on, so that nobody wonders where the rest of a list is. */
  count: number;
  /** What stays in sight, beside the button: the search. */
  beside?: ReactNode;
  children: ReactNode;
};

/**
 * What a list is narrowed by: in a row where there is room, and behind one button in a narrow window. Folded or not, it
 * belongs to the list's form. Where there are no scripts to unfold it, it is not folded.
 */
export function FilterFold({ count, beside, children }: FilterFoldProps) {
  const t = useTranslations("list");
  const id = useId();
  const isHydrated = useIsHydrated();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {beside}
      <Button
        aria-expanded={isOpen}
        aria-controls={id}
        disabled={!isHydrated}
        className="px-3 sm:hidden noscript:hidden"
        onClick={() => setIsOpen(!isOpen)}
      >
        <SlidersHorizontal aria-hidden="true" />
        {t("fold", { count })}
      </Button>
      <div
        id={id}
        className={cn(
          "flex w-full min-w-0 flex-wrap items-center gap-3 sm:w-auto sm:flex-auto",
          !isOpen && "max-sm:hidden max-sm:noscript:flex",
        )}
      >
        {children}
      </div>
    </div>
  );
}
