import type { ActionResult } from "@/lib/actions/action-result";

/**
 * Runs an action once `load` has brought the part of the scripts that shows its result, and not at all where that does not
 * come: what is shown once must not be made where nobody would see it.
 */
export async function afterLoading<Data>(
  load: () => Promise<boolean>,
  action: () => Promise<ActionResult<Data>>,
): Promise<ActionResult<Data>> {
  return (await load()) ? action() : { ok: false, error: { reason: "page_outdated" } };
}
