import "server-only";

import type { ProblemCode } from "@/lib/http/problem";
import { ERROR_CATALOGUE } from "./error-catalogue";

const TYPED: ReadonlySet<string> = new Set(
  ERROR_CATALOGUE.filter((entry) => entry.hasProblemType).map((entry) => entry.code),
);

/**
 * The problem type of a code: where it is explained, or `about:blank` for what says no more than its status.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1
 */
export function problemType(code: ProblemCode, errorPage: string): string {
  return TYPED.has(code) ? `${errorPage}#${code}` : "about:blank";
}
