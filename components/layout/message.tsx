import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyles } from "@/components/ui/button";

type MessageProps = { title: string; link?: { href: Route; label: string }; children: ReactNode };

/**
 * The content of a page that has one thing to say: not found, not working, not for you. `link` is where to go from
 * here.
 */
export function Message({ title, link, children }: MessageProps) {
  return (
    <div className="mx-auto grid max-w-xl gap-4 px-4 py-16">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="space-y-4 text-ink-muted">
        {children}
        {link !== undefined && (
          <p>
            <Link href={link.href} className={buttonStyles()}>
              {link.label}
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}
