"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { MAIN_ID } from "@/components/layout/skip-link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { looksLikeSecret } from "@/lib/search/looks-like-secret";
import { SEARCH_TEXT_LENGTH_MAX, type SearchPurpose } from "@/lib/search/search.types";
import type { PaletteEntry, PaletteStep } from "./palette-entry.types";
import { PaletteList } from "./palette-list";
import { type PaletteOption, toSections } from "./palette-sections";
import { usePortalSearch } from "./use-portal-search";

type PaletteProps = {
  entries: readonly PaletteEntry[];
  onClose(): void;
  /** Shows the keys in place of the palette. */
  onShowKeys(): void;
  /** Gives the focus back to where it was. */
  returnFocus(): void;
};

const QUIETLY = { preventScroll: true } as const;

/** An action that waits for the application it is done with. */
type Task = { purpose: SearchPurpose; label: string };

/**
 * One field for everything: pages and actions by their names, and what the server finds. The focus stays in the field
 * (WAI-ARIA: combobox with a list box). What looks like a secret is taken out of it and never sent.
 */
export function Palette({ entries, onClose, onShowKeys, returnFocus }: PaletteProps) {
  const t = useTranslations("palette");
  const id = useId();
  const fieldRef = useRef<HTMLInputElement>(null);
  const focusAfter = useRef<() => void>(returnFocus);
  const [text, setText] = useState("");
  const [task, setTask] = useState<Task>();
  const [activeId, setActiveId] = useState<string>();
  const [isSecretRefused, setIsSecretRefused] = useState(false);
  const [isAwaited, setIsAwaited] = useState(false);
  const { groups, isPending, failure, ask, clear } = usePortalSearch();

  const q = text.trim();
  const sections = toSections(task === undefined ? entries : [], groups, q);
  const options = sections.flatMap((section) => section.options);
  const active = options.find((option) => option.id === activeId) ?? options[0];

  function search(next: string, nextTask: Task | undefined, pause?: number) {
    const asked = next.trim().replaceAll(/\s+/g, " ");
    setText(next);
    setActiveId(undefined);
    setIsSecretRefused(false);
    setIsAwaited(false);
    if (asked === "" && nextTask === undefined) clear();
    else ask({ q: asked, purpose: nextTask?.purpose }, pause);
  }

  function type(next: string) {
    if (!looksLikeSecret(next)) return search(next, task);
    search("", task);
    setIsSecretRefused(true);
  }

  function begin(next: Task | undefined) {
    setTask(next);
    clear();
    search("", next, 0);
    fieldRef.current?.focus();
  }

  /** For what is a link, its click comes first: this is what is done besides. */
  function choose({ href, purpose, showsKeys }: PaletteStep, label: string) {
    if (purpose !== undefined) return begin({ purpose, label });
    // What is opened takes the focus by itself.
    focusAfter.current = href === undefined ? () => {} : () => document.getElementById(MAIN_ID)?.focus(QUIETLY);
    if (showsKeys) onShowKeys();
    else onClose();
  }

  function press(option: PaletteOption | undefined) {
    if (option !== undefined) document.getElementById(`${id}-${option.id}`)?.click();
  }

  // Who pastes something and presses Enter at once means what will be found, not what was found before.
  const pressAwaited = useEffectEvent(() => {
    setIsAwaited(false);
    press(active);
  });
  useEffect(() => {
    if (isAwaited && !isPending) pressAwaited();
  }, [isAwaited, isPending]);

  function move(by: 1 | -1) {
    if (options.length === 0) return;
    const at = active === undefined ? -1 : options.indexOf(active);
    const next = options[(at + by + options.length) % options.length];
    setActiveId(next?.id);
    if (next !== undefined) document.getElementById(`${id}-${next.id}`)?.scrollIntoView({ block: "nearest" });
  }

  function steer(event: React.KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") {
      if (isPending && (active === undefined || !("title" in active))) setIsAwaited(true);
      else press(active);
    } else if (event.key === "Backspace" && text === "" && task !== undefined) begin(undefined);
    else return;
    event.preventDefault();
  }

  const isEmpty = options.length === 0 && !isPending && failure === undefined && (q !== "" || task !== undefined);
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <div className="fixed inset-0 z-40 overflow-hidden bg-scrim p-3 sm:p-4 sm:pt-[10dvh]">
          <Dialog.Content
            aria-modal="true"
            aria-describedby={undefined}
            className="mx-auto flex max-h-full w-full max-w-2xl flex-col rounded-lg border border-line-strong bg-surface text-ink shadow-xl sm:max-h-[75dvh]"
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              fieldRef.current?.focus();
            }}
            onEscapeKeyDown={(event) => {
              if (task === undefined) return;
              event.preventDefault();
              begin(undefined);
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              focusAfter.current();
            }}
          >
            <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
            <div className="flex items-center gap-2 border-b border-line p-2 pl-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
              <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
                {task !== undefined && (
                  <span
                    id={`${id}-task`}
                    className="rounded bg-accent-soft px-2 py-0.5 text-sm font-medium text-accent"
                  >
                    {task.label}
                  </span>
                )}
                <input
                  ref={fieldRef}
                  type="text"
                  role="combobox"
                  aria-label={task === undefined ? t("title") : t("application")}
                  aria-describedby={task === undefined ? undefined : `${id}-task`}
                  aria-expanded={options.length > 0}
                  aria-controls={`${id}-list`}
                  aria-autocomplete="list"
                  aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
                  placeholder={task === undefined ? t("placeholder") : t("placeholderApplication")}
                  value={text}
                  maxLength={SEARCH_TEXT_LENGTH_MAX}
                  autoComplete="off"
                  autoCapitalize="none"
                  autoCorrect="off"
                  spellCheck={false}
                  enterKeyHint="go"
                  className="min-h-10 min-w-40 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-muted"
                  onChange={(event) => type(event.target.value)}
                  onKeyDown={steer}
                />
              </div>
              <Dialog.Close asChild>
                <Button variant="ghost" className="px-3" aria-label={t("close")}>
                  <X aria-hidden="true" />
                </Button>
              </Dialog.Close>
            </div>
            {isSecretRefused && (
              <Notice tone="warning" role="alert" className="m-3 mb-0">
                {t("secretRefused")}
              </Notice>
            )}
            <PaletteList
              id={id}
              sections={sections}
              activeId={active?.id}
              isPending={isPending}
              onPoint={setActiveId}
              onChoose={choose}
            />
            {failure !== undefined && (
              <div className="space-y-3 p-3">
                <FormFailure error={failure} leavesFocus />
                <Button onClick={() => search(text, task, 0)}>{t("retry")}</Button>
              </div>
            )}
            {/* There while it is empty: what appears together with its text is read out by nobody. */}
            <p role="status" className={isEmpty ? "p-4 pb-6 text-ink-muted wrap-anywhere" : "sr-only"}>
              {isPending && t("searching")}
              {isEmpty && (q === "" ? t("nothingYet") : t("nothing", { q }))}
              {!isPending && options.length > 0 && t("found", { count: options.length })}
            </p>
            <p
              aria-hidden="true"
              className="flex flex-wrap gap-x-4 border-t border-line px-4 py-2 text-xs text-ink-muted max-sm:hidden"
            >
              {isPending ? <span>{t("searching")}</span> : <span>{t("hints")}</span>}
            </p>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
