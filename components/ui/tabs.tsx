"use client";

import { type ReactNode, useId, useRef } from "react";

type TabsProps<Name extends string> = {
  /** Names the list of tabs. */
  label: string;
  tabs: readonly { name: Name; label: string }[];
  chosen: Name;
  onChoose(name: Name): void;
  /** What the chosen one shows. */
  children: ReactNode;
};

/**
 * One of several things in one place (ARIA Authoring Practices, "Tabs"): one stop of the Tab key; arrows, Home and End
 * choose. Only what is chosen is in the page.
 */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<Name>) {
  const id = useId();
  const listRef = useRef<HTMLDivElement>(null);

  function chooseByKey(event: React.KeyboardEvent) {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const index = next % tabs.length;
    const tab = tabs.at(index);
    if (tab === undefined) return;
    onChoose(tab.name);
    listRef.current
      ?.querySelectorAll<HTMLElement>('[role="tab"]')
      .item((index + tabs.length) % tabs.length)
      .focus();
  }

  return (
    <div className="space-y-3">
      <div
        ref={listRef}
        role="tablist"
        aria-label={label}
        onKeyDown={chooseByKey}
        className="flex flex-wrap gap-x-1 border-b border-line"
      >
        {tabs.map(({ name, label: text }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === chosen}
            aria-controls={name === chosen ? `${id}-panel` : undefined}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
            className="-mb-px inline-flex min-h-10 items-center rounded-t px-3 text-sm font-medium text-ink-muted hover:bg-sunken hover:text-ink aria-selected:text-accent aria-selected:shadow-[inset_0_-2px] forced-colors:aria-selected:underline forced-colors:aria-selected:decoration-2 forced-colors:aria-selected:underline-offset-4"
          >
            {text}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className="space-y-3">
        {children}
      </div>
    </div>
  );
}
