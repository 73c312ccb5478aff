import { parseSync } from "oxc-parser";
import type { SourceFile } from "@/lib/testing/source-files";

/** A function that a file exports by name, as written: its parameters, and what it returns; "" where that is left to be inferred. */
export type ExportedFunction = { name: string; parameters: readonly string[]; returns: string };

/** Returns the functions that a TypeScript file declares and exports. Throws where the file does not parse. */
export function exportedFunctions({ path, text }: SourceFile): ExportedFunction[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  return program.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "FunctionDeclaration") return [];
    const { id, params, returnType } = statement.declaration;
    if (id === null) return [];
    return [{ name: id.name, parameters: params.map(slice), returns: returnType ? slice(returnType) : "" }];
  });
}
