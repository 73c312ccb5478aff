"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { type ComponentProps, createContext, type ReactNode, use, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { moveInMenu, placeMenu } from "./sheet/menu-moves";

type RowMenuProps = { /** Names the row: "Actions for Calendar". */ label: string; children: ReactNode };

const itemStyles =
  "flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded px-2.5 text-left text-sm select-none hover:bg-sunken focus:bg-sunken focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted";

const CloseContext = createContext<() => void>(() => {});

/**
 * What can be done with one row. The browser opens it above everything else, closes it on Escape and on a click elsewhere,
 * and gives the focus back; what a menu needs besides is little, and a library for it would be a tenth of the scripts of
 * a list. The items are made when it opens: a list has as many menus as rows.
 */
export function RowMenu({ label, children }: RowMenuProps) {
  const id = useId();
  const isHydrated = useIsHydrated();
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const menuRef = useRef<HTMLDivElement>(null);
  const close = () => menuRef.current?.hidePopover();

  // It goes with its row: a page may still be scrolling when the button is pressed.
  useEffect(() => {
    if (!isOpen) return;
    const follow = () => {
      if (menuRef.current !== null && buttonRef.current !== null) placeMenu(menuRef.current, buttonRef.current);
    };
    addEventListener("scroll", follow, { capture: true, passive: true });
    addEventListener("resize", follow);
    return () => {
      removeEventListener("scroll", follow, { capture: true });
      removeEventListener("resize", follow);
    };
  }, [isOpen]);

  function prepare({ newState }: React.ToggleEvent) {
    if (newState !== "open" || menuRef.current === null || buttonRef.current === null) return;
    flushSync(() => setIsOpen(true));
    placeMenu(menuRef.current, buttonRef.current);
  }

  function settle({ newState, currentTarget }: React.ToggleEvent<HTMLDivElement>) {
    if (newState === "open")
      currentTarget.querySelector<HTMLElement>("[role=menuitem]")?.focus({ preventScroll: true });
    else setIsOpen(false);
  }

  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        popoverTarget={id}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        disabled={!isHydrated}
        className="grid size-9 place-items-center rounded-md text-ink-muted hover:bg-sunken hover:text-ink aria-expanded:bg-sunken"
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </button>
      <div
        ref={menuRef}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        className="inset-auto max-h-[calc(100dvh-1rem)] min-w-48 overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-lg"
        onBeforeToggle={prepare}
        onToggle={settle}
        onKeyDown={moveInMenu}
      >
        <CloseContext value={close}>{isOpen && children}</CloseContext>
      </div>
    </>
  );
}

/** Something the menu does here. */
export function RowMenuItem({ onSelect, children }: { onSelect(): unknown; children: ReactNode }) {
  const close = use(CloseContext);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={itemStyles}
      onClick={() => {
        // First, so that what asks for more gives the focus back to the menu's button.
        close();
        onSelect();
      }}
    >
      {children}
    </button>
  );
}

/** Somewhere the menu leads. */
export function RowMenuLink({ children, ...link }: ComponentProps<typeof Link>) {
  const close = use(CloseContext);
  return (
    <Link {...link} role="menuitem" tabIndex={-1} className={itemStyles} onClick={close}>
      {children}
    </Link>
  );
}
