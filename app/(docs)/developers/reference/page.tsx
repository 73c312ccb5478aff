import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { contentsOf, schemaNamesOf } from "@/lib/developers/openapi/describe-schema";
import { findApiDocument, listOperations } from "@/lib/developers/openapi/list-operations";
import { routes } from "@/lib/routes";
import { OperationAddress } from "./_components/operation-address";

export const generateMetadata = pageTitle("reference.title");

/** Every operation of the machine API in a line, from the very document that programs read. */
export default async function ReferencePage() {
  const document = findApiDocument();
  if (document === undefined) notFound();
  const t = await getTranslations("reference");
  const { schemas } = document.components;
  const operations = listOperations(document);
  const userOf = (name: string) =>
    operations.find(({ operation }) => schemaNamesOf(contentsOf(operation), schemas).includes(name))?.operation;
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
      {document.tags.map(({ name, description }) => (
        <section key={name} aria-labelledby={`tag-${name.replaceAll(" ", "-")}`} className="space-y-3">
          <div lang="en" className="space-y-1">
            <h2 id={`tag-${name.replaceAll(" ", "-")}`} className="text-lg font-semibold">
              {name}
            </h2>
            <p className="text-sm text-ink-muted">{description}</p>
          </div>
          <ul className="divide-y divide-line border-y border-line">
            {operations
              .filter(({ operation }) => operation.tags[0] === name)
              .map(({ path, method, operation }) => (
                // Under these names the operations were on this page once.
                <li
                  key={operation.operationId}
                  id={operation.operationId}
                  className="space-y-1 py-3 target:bg-accent-soft"
                >
                  <h3 lang="en" className="font-semibold">
                    <Link
                      href={routes.developers.operation(operation.operationId)}
                      prefetch={false}
                      className="inline-flex min-h-6 items-center hover:underline"
                    >
                      {operation.summary}
                    </Link>
                  </h3>
                  <OperationAddress path={path} method={method} operation={operation} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section aria-labelledby="schemas" className="space-y-3">
        <h2 id="schemas" className="text-lg font-semibold">
          {t("schemas")}
        </h2>
        <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
          {Object.keys(schemas).flatMap((name) => {
            const user = userOf(name);
            if (user === undefined) return [];
            return (
              <li key={name} id={`schema-${name}`} className="target:bg-accent-soft">
                <Link
                  href={routes.developers.operation(user.operationId, `#schema-${name}`)}
                  prefetch={false}
                  className="link font-mono"
                >
                  {name}
                </Link>
              </li>
            );
          })}
        </ul>
      </section>
    </div>
  );
}
