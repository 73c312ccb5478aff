import { membersOf, refName } from "@/lib/developers/openapi/describe-schema";
import type { JsonSchema } from "@/lib/developers/openapi.types";
import { MemberList } from "./member-list";

type SchemaCardProps = { name: string; schema: JsonSchema; schemas: Readonly<Record<string, JsonSchema>> };

/** What a body holds, member by member; where there are variants, one after the other. */
export function SchemaCard({ name, schema, schemas }: SchemaCardProps) {
  const variants = (schema.anyOf ?? [schema]).map((one) => schemas[refName(one) ?? ""] ?? one);
  return (
    <article
      id={`schema-${name}`}
      aria-labelledby={`title-schema-${name}`}
      className="space-y-3 rounded-lg border border-line bg-surface p-5 target:border-accent target:ring-1 target:ring-accent sm:p-6"
    >
      <h3 id={`title-schema-${name}`} className="font-mono font-semibold">
        <a href={`#schema-${name}`} className="hover:underline">
          {name}
        </a>
      </h3>
      {schema.description !== undefined && (
        <p lang="en" className="max-w-prose">
          {schema.description}
        </p>
      )}
      {variants.map((variant) => (
        <MemberList key={JSON.stringify(variant)} members={membersOf(variant)} />
      ))}
    </article>
  );
}
