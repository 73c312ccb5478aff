import "server-only";

import type { z } from "zod";

/** Our schemas say keys of the `errors` catalogue; the library's own sentences are in English and not for people. */
const CATALOGUE_KEY = /^[a-z][a-z0-9_]*$/;

/**
 * Maps what a schema found to reasons by field, nested ones with dots (`domains.2`), the first of each field.
 * What concerns no field, such as members the form does not have, is left to the reason of the whole.
 */
export function toFieldErrors(error: z.ZodError): Record<string, string> {
  const reasons = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.map(String).join(".");
    if (field === "" || reasons.has(field)) continue;
    reasons.set(field, CATALOGUE_KEY.test(message) ? message : "invalid");
  }
  return Object.fromEntries(reasons);
}
