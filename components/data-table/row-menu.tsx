"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { cn } from "@/lib/cn";

type RowMenuProps = { /** Names the row: "Actions for Calendar". */ label: string; children: ReactNode };

const itemStyles =
  "flex min-h-9 cursor-pointer items-center gap-2.5 rounded px-2.5 text-sm outline-none select-none data-highlighted:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted";

/**
 * What can be done with one row. It leaves the page scrollable: the library's way of holding it still writes a style
 * sheet into the page, which the Content-Security-Policy forbids.
 */
export function RowMenu({ label, children }: RowMenuProps) {
  const isHydrated = useIsHydrated();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        disabled={!isHydrated}
        className="-my-2 -mr-2 grid size-9 place-items-center rounded-md text-ink-muted hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken"
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </DropdownMenu.Trigger>
      {/* Within the landmark that the row is in: outside of all of them nobody who goes by landmarks would find it. */}
      <DropdownMenu.Portal container={isHydrated ? document.querySelector("main") : null}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-30 min-w-48 rounded-lg border border-line bg-surface p-1 text-ink shadow-lg"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Something the menu does here. */
export function RowMenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={cn(itemStyles, className)} {...props} />;
}

/** Somewhere the menu leads. */
export function RowMenuLink({ children, ...link }: ComponentProps<typeof Link>) {
  return (
    <DropdownMenu.Item asChild>
      <Link {...link} className={itemStyles}>
        {children}
      </Link>
    </DropdownMenu.Item>
  );
}
