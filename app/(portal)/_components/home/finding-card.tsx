import { CircleCheck, TriangleAlert } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading } from "@/components/ui/card";
import type { Counted } from "@/lib/list/counted";
import { routes } from "@/lib/routes";

type FindingCardProps = {
  id: string;
  title: string;
  /** What it means and what to do about it. */
  text: string;
  found: Counted;
  /** What is said instead when there is nothing. */
  none: string;
  /** Where all of them are listed, if there is such a list. */
  all?: Route;
  children: ReactNode[];
};

/** One kind of thing that may need a look: how many there are, the first few, and the way to all of them. */
export function FindingCard({ id, title, text, found: { count, hasMore }, none, all, children }: FindingCardProps) {
  const t = useTranslations("home");
  if (count === 0) {
    return (
      <Card aria-labelledby={id} className="flex items-start gap-3">
        <CircleCheck aria-hidden="true" className="mt-1 size-4 shrink-0 text-success" />
        <div>
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          <p className="text-sm text-ink-muted">{none}</p>
        </div>
      </Card>
    );
  }
  return (
    <Card aria-labelledby={id} className="space-y-4">
      <div>
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <CardHeading id={id}>{title}</CardHeading>
          <Badge tone="warning">
            <TriangleAlert aria-hidden="true" className="size-3.5" />
            {hasMore ? t("countMore", { count }) : t("count", { count })}
          </Badge>
        </div>
        <p className="mt-1 text-sm text-ink-muted">{text}</p>
      </div>
      <ul className="divide-y divide-line">{children}</ul>
      {(count > children.length || all !== undefined) && (
        <p className="text-sm">
          <Link href={all ?? routes.applications.list()} className="link">
            {count > children.length && !hasMore ? t("more", { count: count - children.length }) : t("all")}
          </Link>
        </p>
      )}
    </Card>
  );
}

/** One application that needs a look, and why. */
export function FindingRow({ href, name, children }: { href: Route; name: string; children?: ReactNode }) {
  return (
    <li className="py-2.5 first:pt-0 last:pb-0">
      <Link href={href} className="link font-medium break-words">
        {name}
      </Link>
      {children !== undefined && <div className="text-sm text-ink-muted">{children}</div>}
    </li>
  );
}
