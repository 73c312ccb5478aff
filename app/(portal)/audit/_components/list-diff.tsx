import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

/** What was added to a list and what was removed from it: told by sign, word and colour. */
export function ListDiff({ added, removed }: { added: string[]; removed: string[] }) {
  const t = useTranslations("audit");
  return (
    <ul className="flex flex-wrap gap-1.5">
      {[...added.map((item) => ({ item, isAdded: true })), ...removed.map((item) => ({ item, isAdded: false }))].map(
        ({ item, isAdded }) => (
          <li
            key={`${isAdded}${item}`}
            className={cn(
              "inline-flex items-center gap-1 rounded px-1.5 py-0.5 font-mono wrap-anywhere [&_svg]:size-3 [&_svg]:shrink-0",
              isAdded ? "bg-success-soft text-success" : "bg-danger-soft text-danger",
            )}
          >
            {isAdded ? <Plus aria-hidden="true" /> : <Minus aria-hidden="true" />}
            <span className="sr-only">{isAdded ? t("added") : t("removed")} </span>
            {item}
          </li>
        ),
      )}
    </ul>
  );
}
