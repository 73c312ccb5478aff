"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { cn } from "@/lib/cn";

type ChoiceProps = { label: string; isChosen: boolean; isPartly?: boolean; onChange(isChosen: boolean): void };

function Choice({ label, isChosen, isPartly = false, onChange }: ChoiceProps) {
  const isHydrated = useIsHydrated();
  return (
    // The label makes the target as large as a finger.
    <label className="grid size-10 place-items-center">
      <input
        ref={(box) => {
          if (box !== null) box.indeterminate = isPartly;
        }}
        type="checkbox"
        aria-label={label}
        className="size-4"
        checked={isChosen}
        disabled={!isHydrated}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}

/** Chooses one row. */
export function SelectRow(props: Omit<ChoiceProps, "isPartly">) {
  return <Choice {...props} />;
}

type SelectAllProps = { isAll: boolean; isSome: boolean; onChange(isChosen: boolean): void };

/** Chooses every row of this page, and none of another one. */
export function SelectAll({ isAll, isSome, onChange }: SelectAllProps) {
  const t = useTranslations("list");
  return <Choice label={t("selectAll")} isChosen={isAll} isPartly={isSome && !isAll} onChange={onChange} />;
}

type SelectionBarProps = { count: number; clear(): void; children: ReactNode };

/**
 * How many rows are chosen, and what can be done with them, at the bottom of the window however long the table is. The
 * status is there before it has something to say.
 */
export function SelectionBar({ count, clear, children }: SelectionBarProps) {
  const t = useTranslations("list");
  return (
    <div
      className={cn(
        count > 0 &&
          "sticky bottom-4 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-accent bg-accent-soft px-4 py-2 shadow-lg",
      )}
    >
      <p role="status" className="text-sm font-medium empty:sr-only">
        {count > 0 && t("selected", { count })}
      </p>
      {count > 0 && (
        <div className="flex flex-wrap gap-2">
          {children}
          <Button variant="ghost" onClick={clear}>
            {t("clearSelection")}
          </Button>
        </div>
      )}
    </div>
  );
}
