import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { ERROR_CATALOGUE } from "@/lib/machine/problems/error-catalogue";
import { routes } from "@/lib/routes";
import { ErrorEntryCard } from "./_components/error-entry-card";

export const generateMetadata = pageTitle("errorPage.title");

/** Where `error_uri` and problem types lead. Open to everybody: whoever reads an error may have no account here. */
export default async function ErrorsPage() {
  const t = await getTranslations("errorPage");
  const groups = [
    { id: "oauth", title: t("oauth"), entries: ERROR_CATALOGUE.filter(({ places }) => places.includes("oauth")) },
    { id: "external", title: t("external"), entries: ERROR_CATALOGUE.filter(({ places }) => places[0] === "external") },
  ];
  return (
    <div className="space-y-8">
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: routes.developers.start(), label: t("back") }}
      />
      <p className="max-w-prose text-sm text-ink-muted">{t("rules")}</p>
      <div className="gap-10 xl:grid xl:grid-cols-[minmax(0,1fr)_14rem]">
        <div className="min-w-0 space-y-10">
          {groups.map(({ id, title, entries }) => (
            <section key={id} aria-labelledby={`group-${id}`} className="space-y-4">
              <h2 id={`group-${id}`} className="text-lg font-semibold">
                {title}
              </h2>
              {entries.map((entry) => (
                <ErrorEntryCard key={entry.code} entry={entry} />
              ))}
            </section>
          ))}
        </div>
        <nav aria-label={t("onThisPage")} className="sticky top-24 hidden self-start text-sm xl:block">
          <ul className="grid gap-0.5 border-l border-line">
            {ERROR_CATALOGUE.map(({ code }) => (
              <li key={code}>
                <a
                  href={`#${code}`}
                  className="block rounded-r px-3 py-1 font-mono text-xs text-ink-muted hover:bg-sunken hover:text-ink"
                >
                  {code}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </div>
  );
}
