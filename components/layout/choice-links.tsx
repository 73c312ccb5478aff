import type { Route } from "next";
import Link from "next/link";
import { cn } from "@/lib/cn";

type Choice = { text: string; isChosen: boolean /** Missing for what can only be chosen elsewhere. */; href?: Route };

type ChoiceLinksProps = { /** Names the choice. */ label: string; choices: readonly Choice[] };

/** A choice of one. Links, so that what somebody looks at has an address; each takes the place of another. */
export function ChoiceLinks({ label, choices }: ChoiceLinksProps) {
  return (
    <nav aria-label={label}>
      <ul className="inline-flex flex-wrap rounded-md border border-line-strong bg-surface p-0.5 text-sm">
        {choices.map(({ text, isChosen, href }) => (
          <li key={text}>
            {href === undefined ? (
              <span className="inline-flex min-h-9 items-center rounded bg-accent-soft px-3 font-medium">{text}</span>
            ) : (
              <Link
                href={href}
                aria-current={isChosen ? "true" : undefined}
                scroll={false}
                className={cn(
                  "inline-flex min-h-9 items-center rounded px-3 font-medium",
                  isChosen ? "bg-accent-soft text-ink underline underline-offset-4" : "text-ink-muted hover:text-ink",
                )}
              >
                {text}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
