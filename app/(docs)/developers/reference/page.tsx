import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { buildOpenApi } from "@/lib/developers/openapi/build-openapi";
import { OPERATION_METHODS } from "@/lib/developers/openapi.types";
import { config } from "@/lib/env/config";
import { routes } from "@/lib/routes";
import { OperationCard } from "./_components/operation-card";
import { SchemaCard } from "./_components/schema-card";

export const generateMetadata = pageTitle("reference.title");

/** The machine API, rendered from the very document that programs read. */
export default async function ReferencePage() {
  if (!config().externalApi.enabled) notFound();
  const t = await getTranslations("reference");
  const document = buildOpenApi(config());
  const { schemas } = document.components;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    OPERATION_METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
  return (
    <div className="space-y-8">
      <PageHeader
        title={t("title")}
        description={t("description", { url: document.servers[0]?.url ?? "" })}
        back={{ href: routes.developers.start(), label: t("back") }}
      >
        <a href={routes.openApi()} className={buttonStyles()}>
          {t("openApi")}
        </a>
      </PageHeader>
      <div className="gap-10 xl:grid xl:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="min-w-0 space-y-10">
          {document.tags.map(({ name, description }) => (
            <section key={name} aria-labelledby={`tag-${name.replaceAll(" ", "-")}`} className="space-y-4">
              <div lang="en" className="space-y-1">
                <h2 id={`tag-${name.replaceAll(" ", "-")}`} className="text-lg font-semibold">
                  {name}
                </h2>
                <p className="text-sm text-ink-muted">{description}</p>
              </div>
              {operations
                .filter(({ operation }) => operation.tags[0] === name)
                .map((one) => (
                  <OperationCard key={one.operation.operationId} {...one} schemas={schemas} />
                ))}
            </section>
          ))}
          <section aria-labelledby="schemas" className="space-y-4">
            <h2 id="schemas" className="text-lg font-semibold">
              {t("schemas")}
            </h2>
            {Object.entries(schemas).map(([name, schema]) => (
              <SchemaCard key={name} name={name} schema={schema} schemas={schemas} />
            ))}
          </section>
        </div>
        <nav aria-label={t("onThisPage")} className="sticky top-24 hidden self-start text-sm xl:block">
          <ul lang="en" className="grid gap-0.5 border-l border-line">
            {operations.map(({ operation }) => (
              <li key={operation.operationId}>
                <a
                  href={`#${operation.operationId}`}
                  className="block rounded-r px-3 py-1 text-ink-muted hover:bg-sunken hover:text-ink"
                >
                  {operation.summary}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </div>
  );
}
