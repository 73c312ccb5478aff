"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Badge } from "@/components/ui/badge";
import type { Counted } from "@/lib/list/counted";
import { DomainPeople } from "./domain-people";

/** A domain as people know it, with those it reaches. */
export type SpeltDomain = { domain: string; spelling: string; people: Counted };

type DomainListProps = {
  list: readonly string[];
  stored: readonly SpeltDomain[];
  /** Whether all of them would go, because any domain is to be allowed. */
  isLeaving: boolean;
  onRemove(domain: string): void;
  /** Takes the focus when the last one has gone. */
  focusField(): void;
};

/** The domains with a button to take each away. The focus goes on to the next one. */
export function DomainList({ list, stored, isLeaving, onRemove, focusField }: DomainListProps) {
  const t = useTranslations("delegation");
  const element = useRef<HTMLUListElement>(null);

  function remove(domain: string, index: number) {
    const buttons = element.current?.querySelectorAll("button") ?? [];
    const next = buttons[index + 1] ?? buttons[index - 1];
    onRemove(domain);
    if (next === undefined) focusField();
    else next.focus();
  }

  if (list.length === 0) return <p className="text-ink-muted">{t("noDomain")}</p>;
  return (
    <ul ref={element} className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2">
      {list.map((domain, index) => {
        const known = stored.find((each) => each.domain === domain);
        return (
          <li key={domain} className="flex min-w-0 items-center gap-2 rounded-md border border-line py-1.5 pr-1 pl-3">
            <span className="min-w-0 flex-1">
              <span
                className={`block font-mono text-sm wrap-anywhere ${isLeaving ? "text-ink-muted line-through" : ""}`}
              >
                {known?.spelling ?? domain}
              </span>
              {known === undefined ? <Badge>{t("newDomain")}</Badge> : <DomainPeople people={known.people} />}
            </span>
            {!isLeaving && (
              <button
                type="button"
                aria-label={t("removeNamed", { email: domain })}
                className="flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-sunken"
                onClick={() => remove(domain, index)}
              >
                <X aria-hidden="true" className="size-4" />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
