import "server-only";

import type { z } from "zod";
import { type FieldReason, isFieldReason } from "@/lib/errors/field-reason";

/**
 * Maps what a schema found to reasons by field, nested ones with dots (`domains.2`), the first of each field.
 * What concerns no field, such as members the form does not have, is left to the reason of the whole.
 */
export function toFieldErrors(error: z.ZodError): Record<string, FieldReason> {
  const reasons = new Map<string, FieldReason>();
  for (const { path, message } of error.issues) {
    const field = path.map(String).join(".");
    if (field === "" || reasons.has(field)) continue;
    // What is none of our reasons is the library's own sentence: in English, and not for people.
    reasons.set(field, isFieldReason(message) ? message : "invalid");
  }
  return Object.fromEntries(reasons);
}
