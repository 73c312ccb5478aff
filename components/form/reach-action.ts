import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from "next/navigation";
import type { ActionResult } from "@/lib/actions/action-result";

/**
 * Calls a server action and never throws. A call that brings nothing back, because the connection or the server broke,
 * fails with `unreachable`; one of a page that an earlier version of the portal made, whose actions have other ids since
 * then, with `page_outdated`.
 */
export async function reachAction<Data>(run: () => Promise<ActionResult<Data>>): Promise<ActionResult<Data>> {
  try {
    return await run();
  } catch (error) {
    return { ok: false, error: { reason: isUnrecognizedActionError(error) ? "page_outdated" : "unreachable" } };
  }
}
