import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  back?: { href: Route; label: string };
  /** What can be done here, to the right of the title. */
  children?: ReactNode;
};

/** What this page is, the way back, and what can be done. */
export function PageHeader({ title, description, back, children }: PageHeaderProps) {
  return (
    <header className="space-y-3">
      {back !== undefined && (
        <Link
          href={back.href}
          className="inline-flex min-h-8 items-center gap-1.5 rounded text-sm font-medium text-ink-muted hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="max-w-prose min-w-0 space-y-1.5">
          <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {description !== undefined && <div className="text-ink-muted">{description}</div>}
        </div>
        {children !== undefined && <div className="flex flex-wrap gap-3">{children}</div>}
      </div>
    </header>
  );
}
