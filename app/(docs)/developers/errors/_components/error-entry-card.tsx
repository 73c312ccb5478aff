import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { ErrorEntry } from "@/lib/machine/problems/error-catalogue";

/** One error code under the anchor that answers point to: cause, remedy, and what each sentence asks for. */
export function ErrorEntryCard({ entry: { code, statuses, sentences } }: { entry: ErrorEntry }) {
  const t = useTranslations("errorCatalogue");
  const tPage = useTranslations("errorPage");
  return (
    <article
      id={code}
      aria-labelledby={`title-${code}`}
      className="space-y-4 rounded-lg border border-line bg-surface p-5 target:border-accent target:ring-1 target:ring-accent sm:p-6"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 id={`title-${code}`} className="min-w-0 font-mono font-semibold break-words">
          <a href={`#${code}`} className="hover:underline">
            {code}
          </a>
        </h3>
        <ul aria-label={tPage("status")} className="flex flex-wrap gap-1.5">
          {statuses.map((status) => (
            <li key={status}>
              <Badge>{status}</Badge>
            </li>
          ))}
        </ul>
      </div>
      <dl className="max-w-prose space-y-3">
        <Fact term={tPage("cause")}>{t(`causes.${code}`)}</Fact>
        <Fact term={tPage("remedy")}>{t(`remedies.${code}`)}</Fact>
      </dl>
      {sentences.length > 0 && (
        <dl className="divide-y divide-line border-t border-line text-sm">
          {sentences.map(({ key, text }) => (
            <div key={key} className="grid grid-cols-1 gap-1 py-3 sm:grid-cols-2 sm:gap-6">
              <dt>
                <span className="sr-only">{tPage("sentence")} </span>
                <span lang="en">{text}</span>
              </dt>
              <dd className="text-ink-muted">{t(`sentences.${key}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div className="space-y-0.5">
      <dt className="text-sm font-medium text-ink-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
