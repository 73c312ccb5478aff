import type { Operation } from "@/lib/developers/openapi.types";
import { SchemaLinks } from "./schema-links";

/** What an operation may answer, by status, with what the bodies hold. */
export function ResponseList({ responses }: Pick<Operation, "responses">) {
  return (
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
  );
}
