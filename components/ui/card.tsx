import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

/** A sheet of the page's content. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-lg border border-line bg-surface p-5 sm:p-6", className)} {...props} />;
}

type CardHeadingProps = { id?: string; children: ReactNode /** What it is for, in a sentence. */; text?: string };

/** What a card is about. */
export function CardHeading({ id, children, text }: CardHeadingProps) {
  const heading = (
    <h2 id={id} className="text-lg font-semibold">
      {children}
    </h2>
  );
  if (text === undefined) return heading;
  return (
    <div className="space-y-1">
      {heading}
      <p className="text-sm text-ink-muted">{text}</p>
    </div>
  );
}

/** Rows of a card, or what is said while there is none. */
export function CardRows({ empty, children }: { empty: string; children: ReactNode[] }) {
  if (children.length === 0) return <p className="text-ink-muted">{empty}</p>;
  return <ul className="divide-y divide-line rounded-md border border-line">{children}</ul>;
}
