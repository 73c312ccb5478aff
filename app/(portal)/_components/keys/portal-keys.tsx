"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { followAddress } from "@/components/keyboard/follow-address";
import { createKeyMatcher } from "@/components/keyboard/key-matcher";
import { plainKeyOf, takesLetters } from "@/components/keyboard/plain-key";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { PaletteEntry } from "../palette/palette-entry.types";
import type { Shortcut } from "./shortcuts";

type PortalKeysProps = {
  entries: readonly PaletteEntry[];
  shortcuts: readonly Shortcut[];
  /** Whether keys that are pressed by themselves do something. Ctrl+K does in any case. */
  areSingleKeysOn: boolean;
  /** Whether the modifier is ⌘ on this computer. */
  isApple: boolean;
};

/** What a key must not interfere with: a question that is asked, and an open menu, in which letters choose. */
const OCCUPIED = '[aria-modal="true"], [role="menu"]:popover-open';

/** The button of the search, and the keys of the portal. What they open is loaded when it is asked for. */
export function PortalKeys({ entries, shortcuts, areSingleKeysOn, isApple }: PortalKeysProps) {
  const t = useTranslations("palette");
  const tErrors = useTranslations("errors");
  const router = useRouter();
  const palette = useLoadedPart(() => import("../palette/palette"));
  const list = useLoadedPart(() => import("./keys-dialog"));
  const [shown, setShown] = useState<"palette" | "keys">();
  const opener = useRef<Element>(null);
  const buttonRef = useRef<HTMLButtonElement>(null);

  async function show(what: "palette" | "keys") {
    if (shown === undefined) opener.current = document.activeElement;
    if (await (what === "palette" ? palette : list).load()) setShown(what);
  }

  function returnFocus() {
    const before = opener.current;
    const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
    (isThere ? before : buttonRef.current)?.focus();
  }

  const act = useEffectEvent(({ id, href }: Shortcut) => {
    if (href !== undefined) followAddress(href, router.push);
    else if (id === "help") void show("keys");
    else if (!focusListSearch()) void show("palette");
  });

  const toggle = useEffectEvent((event: KeyboardEvent) => {
    const isModified = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (event.key.toLowerCase() !== "k" || !isModified || event.altKey || event.shiftKey) return;
    if (shown !== "palette" && document.querySelector(OCCUPIED) !== null) return;
    event.preventDefault();
    if (shown === "palette") setShown(undefined);
    else if (!event.repeat) void show("palette");
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => toggle(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  useEffect(() => {
    if (!areSingleKeysOn) return;
    const matcher = createKeyMatcher(shortcuts.map(({ keys }) => keys));
    const listen = (event: KeyboardEvent) => {
      const key = plainKeyOf(event);
      const focused = event.target instanceof HTMLElement ? event.target : null;
      if (key === undefined || takesLetters(focused) || document.querySelector(OCCUPIED) !== null) {
        // Shift alone is how the next key may be written.
        if (event.key !== "Shift") matcher.forget();
        return;
      }
      const keys = matcher.press(key, event.timeStamp);
      const shortcut = shortcuts.find((known) => known.keys === keys);
      if (shortcut === undefined) return;
      event.preventDefault();
      act(shortcut);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [areSingleKeysOn, shortcuts]);

  const failure = palette.failure ?? list.failure;
  return (
    <div className="relative">
      <button
        ref={buttonRef}
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts={isApple ? "Meta+K" : "Control+K"}
        onClick={() => show("palette")}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        className="inline-flex min-h-10 items-center gap-2 rounded-md border border-line-strong bg-surface px-3 text-sm text-ink-muted hover:bg-sunken hover:text-ink lg:min-w-64"
      >
        <Search aria-hidden="true" className="size-4 shrink-0" />
        <span className="max-sm:sr-only">{t("button")}</span>
        <span aria-hidden="true" className="ml-auto font-sans text-xs max-lg:hidden">
          {isApple ? "⌘K" : t("control")}
        </span>
      </button>
      {failure !== undefined && (
        <p
          role="alert"
          className="absolute top-full right-0 z-30 mt-2 w-72 max-w-[calc(100vw-2rem)] rounded-md border border-danger/60 bg-danger-soft p-3 text-sm text-danger shadow-lg"
        >
          {tErrors(failure.reason)}
        </p>
      )}
      {shown === "palette" && palette.part !== undefined && (
        <palette.part.Palette
          entries={entries}
          onClose={() => setShown(undefined)}
          onShowKeys={() => show("keys")}
          returnFocus={returnFocus}
        />
      )}
      {shown === "keys" && list.part !== undefined && (
        <list.part.KeysDialog
          shortcuts={shortcuts}
          areSingleKeysOn={areSingleKeysOn}
          isApple={isApple}
          onClose={() => setShown(undefined)}
          returnFocus={returnFocus}
        />
      )}
    </div>
  );
}

/** Whoever comes near the button is likely to press it. What cannot be had now is asked for again, and missed, then. */
function fetchAhead(): void {
  import("../palette/palette").catch(() => {});
}

/** Puts the focus into the search of the list on the page; false when there is none. */
function focusListSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"][name="q"]');
  field?.focus();
  field?.select();
  return field !== null;
}
