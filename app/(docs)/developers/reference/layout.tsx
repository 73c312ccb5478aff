import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { findApiDocument, listOperations } from "@/lib/developers/openapi/list-operations";
import { routes } from "@/lib/routes";
import { OperationList } from "./_components/operation-list";

/** A page for each operation, with the list of all beside it where there is room for both. */
export default async function ReferenceLayout({ children }: { children: ReactNode }) {
  const document = findApiDocument();
  if (document === undefined) return children;
  const t = await getTranslations("reference");
  const tags = document.tags.map(({ name }) => name);
  const operations = listOperations(document).toSorted(
    (a, b) => tags.indexOf(a.operation.tags[0]) - tags.indexOf(b.operation.tags[0]),
  );
  return (
    <div className="gap-10 xl:grid xl:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="mb-6 self-start xl:sticky xl:top-20 xl:mb-0 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto xl:p-1">
        <OperationList
          label={t("operations")}
          filterLabel={t("filter")}
          none={t("noMatch")}
          operations={operations.map(({ path, method, operation }) => ({
            id: operation.operationId,
            href: routes.developers.operation(operation.operationId),
            method,
            path,
            summary: operation.summary,
            tag: operation.tags[0],
          }))}
        />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
