import "server-only";

/**
 * Whether a statement failed for what is in a row: SQLSTATE class 22 (data exception) or 23 (integrity constraint violation).
 * The latter is also what a row gets that was on its way to a partition while that was changed: it is stored when it is tried
 * again.
 */
export function isRowFault(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}
