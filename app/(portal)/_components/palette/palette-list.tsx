"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import type { PaletteStep } from "./palette-entry.types";
import type { PaletteOption, PaletteSection } from "./palette-sections";

type PaletteListProps = {
  id: string;
  sections: readonly PaletteSection[];
  activeId: string | undefined;
  isPending: boolean;
  onPoint(optionId: string): void;
  onChoose(step: PaletteStep, label: string): void;
};

/** The list box of the palette. What leads to a page is a link, so that it opens in another window as links do. */
export function PaletteList({ id, sections, activeId, isPending, onPoint, onChoose }: PaletteListProps) {
  const t = useTranslations("palette");
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={t("results")}
      aria-busy={isPending}
      className={cn("min-h-0 overflow-y-auto overscroll-contain", sections.length > 0 && "p-2")}
    >
      {sections.map(({ kind, options }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
        <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
          <div id={`${id}-${kind}`} className="px-3 pt-2 pb-1 text-xs font-semibold text-ink-muted">
            {t(`kinds.${kind}`)}
          </div>
          {options.map((option) => (
            <Option
              key={option.id}
              id={`${id}-${option.id}`}
              option={option}
              isActive={option.id === activeId}
              onPoint={() => onPoint(option.id)}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

type OptionProps = {
  id: string;
  option: PaletteOption;
  isActive: boolean;
  onPoint(): void;
  onChoose: PaletteListProps["onChoose"];
};

function Option({ id, option, isActive, onPoint, onChoose }: OptionProps) {
  const { step } = option;
  const shared = {
    id,
    role: "option",
    tabIndex: -1,
    "aria-selected": isActive,
    // The focus stays in the field.
    onMouseDown: (event: React.MouseEvent) => event.preventDefault(),
    onPointerMove: isActive ? undefined : onPoint,
    className: cn(
      "flex min-h-10 w-full items-center gap-3 rounded-md px-3 py-1.5 text-left text-sm",
      // An outline is there in forced colours as well, and around nothing else.
      isActive && "bg-accent-soft outline-2 -outline-offset-2 outline-accent",
    ),
  } as const;
  if (step.href === undefined) {
    return (
      <button type="button" {...shared} onClick={(event) => onChoose(step, event.currentTarget.textContent)}>
        <OptionText option={option} />
      </button>
    );
  }
  return (
    <Link
      href={step.href}
      prefetch={false}
      {...shared}
      onClick={({ nativeEvent }) => {
        // Another window leaves the palette as it is.
        if (isPlain(nativeEvent)) onChoose(step, "");
      }}
    >
      <OptionText option={option} />
    </Link>
  );
}

function OptionText({ option }: { option: PaletteOption }) {
  const t = useTranslations("palette");
  if ("title" in option) return <span>{option.title}</span>;
  if (option.kind === "all") return <span className="text-ink-muted">{t(`all.${option.of}`)}</span>;
  const { id, title, detail, state } = option.hit;
  const isRequest = option.kind === "request" && (id === "activity" || id === "audit");
  return (
    <>
      <span className="min-w-0 flex-1">
        <span className="block wrap-anywhere">{isRequest ? t(`requests.${id}`) : title}</span>
        {(detail !== "" || isRequest) && (
          <span
            className={cn(
              "block text-xs wrap-anywhere text-ink-muted",
              option.kind !== "person" && option.kind !== "room" && "font-mono",
            )}
          >
            {isRequest ? title : detail}
          </span>
        )}
      </span>
      {state !== null && <Badge>{t(`states.${state}`)}</Badge>}
    </>
  );
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}
