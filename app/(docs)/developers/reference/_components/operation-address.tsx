import { Badge } from "@/components/ui/badge";
import type { DescribedOperation } from "@/lib/developers/openapi/list-operations";

/** Method and path of an operation, and the scope that it needs. */
export function OperationAddress({ path, method, operation }: DescribedOperation) {
  const scope = operation.security[0]?.accessToken?.[0];
  return (
    <p className="flex flex-wrap items-baseline gap-2 font-mono text-sm">
      <span className="font-semibold text-accent">{method.toUpperCase()}</span>
      <span className="min-w-0 break-all">{path}</span>
      {scope !== undefined && <Badge>{scope}</Badge>}
    </p>
  );
}
