import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { buttonStyles } from "@/components/ui/button";

type NewerOlderProps = {
  newer: Route | undefined;
  older: Route | undefined;
  words: { pages: string; newer: string; older: string };
};

/** Links to what came after and before. There are no page numbers: a log grows while it is read. */
export function NewerOlder({ newer, older, words }: NewerOlderProps) {
  if (newer === undefined && older === undefined) return null;
  return (
    <nav aria-label={words.pages} className="flex flex-wrap justify-end gap-2">
      {newer !== undefined && (
        <Link href={newer} rel="prev" className={buttonStyles()}>
          <ArrowLeft aria-hidden="true" />
          {words.newer}
        </Link>
      )}
      {older !== undefined && (
        <Link href={older} rel="next" className={buttonStyles()}>
          {words.older}
          <ArrowRight aria-hidden="true" />
        </Link>
      )}
    </nav>
  );
}
