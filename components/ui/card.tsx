import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A sheet of the page's content. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-lg border border-line bg-surface p-5 sm:p-6", className)} {...props} />;
}
