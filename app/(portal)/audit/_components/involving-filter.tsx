"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { TextFilter } from "@/components/data-table/list-filters";
import { LIST_FORM } from "@/components/data-table/list-form";
import { FilterChip } from "./filter-chip";

type InvolvingFilterProps = {
  label: string;
  placeholder: string;
  /** What the address says: a kind and an id where `chosen` is there, else what was typed. */
  value: string;
  chosen: ComponentProps<typeof FilterChip> | undefined;
};

/** Whom the events involve: a field to find them by, which gives way to their name once they are found. */
export function InvolvingFilter({ label, placeholder, value, chosen }: InvolvingFilterProps) {
  const ref = useRef<HTMLDivElement>(null);
  const isChosen = chosen !== undefined;
  const wasChosen = useRef(isChosen);

  useEffect(() => {
    if (wasChosen.current === isChosen) return;
    wasChosen.current = isChosen;
    // The field, the link in its place or the choice that somebody was at is gone; what replaces it goes on from there.
    if (document.activeElement === document.body) {
      ref.current?.querySelector<HTMLElement>("a, input:not([type=hidden])")?.focus();
    }
  }, [isChosen]);

  return (
    <div ref={ref} className="min-w-0">
      {chosen === undefined ? (
        <TextFilter name="involving" label={label} placeholder={placeholder} value={value} maxLength={320} />
      ) : (
        <>
          <FilterChip {...chosen} />
          <input type="hidden" name="involving" value={value} form={LIST_FORM} />
        </>
      )}
    </div>
  );
}
