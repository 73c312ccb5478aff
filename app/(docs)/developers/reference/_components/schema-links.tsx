import { refName } from "@/lib/developers/openapi/describe-schema";
import type { MediaContent } from "@/lib/developers/openapi.types";

/** The schemas that a body may have, each a link to where it is described. */
export function SchemaLinks({ content }: { content: MediaContent }) {
  const schemas = Object.values(content).flatMap(({ schema }) => schema.anyOf ?? [schema]);
  const names = [...new Set(schemas.flatMap((schema) => refName(schema) ?? []))];
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {names.map((name) => (
        <a key={name} href={`#schema-${name}`} className="link font-mono">
          {name}
        </a>
      ))}
    </span>
  );
}
