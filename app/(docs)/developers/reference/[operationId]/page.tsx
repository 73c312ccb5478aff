import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { CodeBlock } from "@/components/ui/code-block";
import { buildRequestSample } from "@/lib/developers/openapi/build-request-sample";
import { contentsOf, describeType, exampleOf, schemaNamesOf } from "@/lib/developers/openapi/describe-schema";
import { findApiDocument, listOperations } from "@/lib/developers/openapi/list-operations";
import type { JsonSchema, MediaContent } from "@/lib/developers/openapi.types";
import { routes } from "@/lib/routes";
import { MemberList } from "../_components/member-list";
import { OperationAddress } from "../_components/operation-address";
import { OperationPart } from "../_components/operation-part";
import { ResponseList } from "../_components/response-list";
import { SchemaCard } from "../_components/schema-card";
import { SchemaLinks } from "../_components/schema-links";

type OperationPageProps = { params: Promise<{ operationId: string }> };

export async function generateMetadata({ params }: OperationPageProps): Promise<Metadata> {
  return { title: findOperation((await params).operationId)?.found.operation.summary };
}

/** One method of one path: what it takes, what it needs, what it answers, and a command that calls it. */
export default async function OperationPage({ params }: OperationPageProps) {
  const described = findOperation((await params).operationId);
  if (described === undefined) notFound();
  const { document, found } = described;
  const { schemas } = document.components;
  const { summary, description, parameters = [], requestBody, responses } = found.operation;
  const t = await getTranslations("reference");
  const answer = firstSchema((responses["200"] ?? responses["201"])?.content);
  return (
    <article className="space-y-8">
      <PageHeader
        title={<span lang="en">{summary}</span>}
        back={{ href: routes.developers.reference(), label: t("title") }}
        description={
          <div className="space-y-3">
            <OperationAddress {...found} />
            {description !== undefined && (
              <p lang="en" className="text-ink">
                {description}
              </p>
            )}
          </div>
        }
      />
      <CodeBlock label={t("request")} code={buildRequestSample(document.servers[0]?.url ?? "", found)} />
      {parameters.length > 0 && (
        <OperationPart title={t("parameters")}>
          <MemberList
            members={parameters.map((one) => ({
              name: one.name,
              isRequired: one.required ?? false,
              type: `${one.in}, ${describeType(one.schema)}`,
              description: one.description,
            }))}
          />
        </OperationPart>
      )}
      {requestBody !== undefined && (
        <OperationPart title={t("body")}>
          <p className="text-sm">
            <SchemaLinks content={requestBody.content} />{" "}
            <span className="text-ink-muted">
              {Object.keys(requestBody.content).join(", ")}
              {requestBody.required ? "" : ` (${t("optional")})`}
            </span>
          </p>
        </OperationPart>
      )}
      <OperationPart title={t("responses")}>
        <ResponseList responses={responses} />
        <p className="text-sm">
          <Link href={routes.developers.errors()} className="link">
            {t("errors")}
          </Link>
        </p>
      </OperationPart>
      {answer !== undefined && (
        <CodeBlock label={t("example")} code={JSON.stringify(exampleOf(answer, schemas), null, 2)} />
      )}
      <section aria-labelledby="schemas" className="space-y-4">
        <h2 id="schemas" className="text-lg font-semibold">
          {t("schemas")}
        </h2>
        {schemaNamesOf(contentsOf(found.operation), schemas).map((name) => (
          <SchemaCard key={name} name={name} schema={schemas[name] ?? {}} schemas={schemas} />
        ))}
      </section>
    </article>
  );
}

function findOperation(operationId: string) {
  const document = findApiDocument();
  if (document === undefined) return undefined;
  const found = listOperations(document).find(({ operation }) => operation.operationId === operationId);
  return found === undefined ? undefined : { document, found };
}

function firstSchema(content: MediaContent | undefined): JsonSchema | undefined {
  const { schema } = Object.values(content ?? {})[0] ?? {};
  return schema?.anyOf?.[0] ?? schema;
}
