import "server-only";

import { config } from "@/lib/env/config";
import { OPERATION_METHODS, type OpenApiDocument, type Operation, type OperationMethod } from "../openapi.types";
import { buildOpenApi } from "./build-openapi";

/** One method of one path. */
export type DescribedOperation = { path: string; method: OperationMethod; operation: Operation };

/** Lists the operations of a document in its order. */
export function listOperations({ paths }: Pick<OpenApiDocument, "paths">): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    OPERATION_METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
}

let known: OpenApiDocument | undefined;

/** The document of this server, made once; undefined while the machine API is switched off. */
export function findApiDocument(): OpenApiDocument | undefined {
  const { externalApi, publicUrl } = config();
  if (!externalApi.enabled) return undefined;
  if (known?.servers[0]?.url !== publicUrl) known = buildOpenApi({ publicUrl });
  return known;
}
