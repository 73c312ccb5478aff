import "server-only";

import type { z } from "zod";
import { HttpProblem } from "@/lib/http/problem";
import { fieldDetail } from "./external-error";

/** Parses input or throws a 400 that names the fields that are wrong, nested ones under the field that holds them. */
export function parseExternalInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = new Map<string, string[]>();
  for (const { name, message } of parsed.error.issues.flatMap(toFieldProblems)) {
    fields.set(name, [...new Set([...(fields.get(name) ?? []), message])]);
  }
  throw new HttpProblem({
    status: 400,
    code: "invalid",
    detail: fieldDetail([...fields]) ?? "The request is not valid.",
    fields: Object.fromEntries(fields),
  });
}

function toFieldProblems(issue: z.core.$ZodIssue): { name: string; message: string }[] {
  const [field] = issue.path;
  if (field !== undefined) return [{ name: String(field), message: issue.message }];
  if (issue.code !== "unrecognized_keys") return [{ name: "non_field_errors", message: issue.message }];
  return issue.keys.map((key) => ({ name: toPublicName(key), message: "Unknown name." }));
}

/** A name that a caller made up is repeated only when it looks like one. */
function toPublicName(key: string): string {
  return /^[A-Za-z0-9_.-]{1,64}$/.test(key) ? key : "non_field_errors";
}
