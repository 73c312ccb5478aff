import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { describeType, exampleOf } from "@/lib/developers/openapi/describe-schema";
import type { JsonSchema, MediaContent, Operation, ResponseObject } from "@/lib/developers/openapi.types";
import { MemberList } from "./member-list";
import { SchemaLinks } from "./schema-links";

type OperationCardProps = {
  path: string;
  method: string;
  operation: Operation;
  schemas: Readonly<Record<string, JsonSchema>>;
};

/** One method of one path: what it takes, what it needs, what it answers. */
export function OperationCard({ path, method, operation, schemas }: OperationCardProps) {
  const t = useTranslations("reference");
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation;
  const scope = security[0]?.accessToken?.[0];
  return (
    <article
      id={operationId}
      aria-labelledby={`title-${operationId}`}
      className="space-y-5 rounded-lg border border-line bg-surface p-5 target:border-accent target:ring-1 target:ring-accent sm:p-6"
    >
      <div className="space-y-2">
        <h3 id={`title-${operationId}`} lang="en" className="font-semibold">
          <a href={`#${operationId}`} className="hover:underline">
            {summary}
          </a>
        </h3>
        <p className="flex flex-wrap items-baseline gap-2 font-mono text-sm">
          <span className="font-semibold text-accent">{method.toUpperCase()}</span>
          <span className="min-w-0 break-all">{path}</span>
          {scope !== undefined && <Badge>{scope}</Badge>}
        </p>
        {description !== undefined && (
          <p lang="en" className="max-w-prose">
            {description}
          </p>
        )}
      </div>
      {parameters.length > 0 && (
        <Part title={t("parameters")}>
          <MemberList
            members={parameters.map((one) => ({
              name: one.name,
              isRequired: one.required ?? false,
              type: `${one.in}, ${describeType(one.schema)}`,
              description: one.description,
            }))}
          />
        </Part>
      )}
      {requestBody !== undefined && (
        <Part title={t("body")}>
          <p className="text-sm">
            <SchemaLinks content={requestBody.content} />{" "}
            <span className="text-ink-muted">
              {Object.keys(requestBody.content).join(", ")}
              {requestBody.required ? "" : ` (${t("optional")})`}
            </span>
          </p>
        </Part>
      )}
      <Part title={t("responses")}>
        <dl className="divide-y divide-line border-y border-line text-sm">
          {Object.entries(responses).map(([status, response]) => (
            <div key={status} className="grid grid-cols-1 gap-1 py-2.5 sm:grid-cols-[3rem_minmax(0,1fr)_auto] sm:gap-4">
              <dt className="font-mono font-semibold">{status}</dt>
              <dd lang="en" className="text-ink-muted">
                {response.description}
              </dd>
              <dd>{response.content !== undefined && <SchemaLinks content={response.content} />}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Example title={t("example")} response={responses["200"] ?? responses["201"]} schemas={schemas} />
    </article>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="space-y-2">
      <h4 className="text-sm font-medium text-ink-muted">{title}</h4>
      {children}
    </div>
  );
}

type ExampleProps = { title: string; response: ResponseObject | undefined; schemas: OperationCardProps["schemas"] };

function Example({ title, response, schemas }: ExampleProps) {
  const schema = firstSchema(response?.content);
  if (schema === undefined) return null;
  return <CodeBlock label={title} code={JSON.stringify(exampleOf(schema, schemas), null, 2)} />;
}

function firstSchema(content: MediaContent | undefined): JsonSchema | undefined {
  const { schema } = Object.values(content ?? {})[0] ?? {};
  return schema?.anyOf?.[0] ?? schema;
}
