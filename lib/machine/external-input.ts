import "server-only";

import type { z } from "zod";
import { HttpProblem } from "@/lib/http/problem";
import { fieldDetail } from "./external-error";

/** Parses input or throws a 400 that names the fields that are wrong, nested ones under the field that holds them. */
export function parseExternalInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = new Map<string, string[]>();
  for (const issue of parsed.error.issues) {
    const [field] = issue.path;
    const name = field === undefined ? "non_field_errors" : String(field);
    fields.set(name, [...new Set([...(fields.get(name) ?? []), issue.message])]);
  }
  throw new HttpProblem({
    status: 400,
    code: "invalid",
    detail: fieldDetail([...fields]) ?? "The request is not valid.",
    fields: Object.fromEntries(fields),
  });
}
