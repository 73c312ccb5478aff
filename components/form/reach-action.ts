import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from "next/navigation";
import type { ActionResult } from "@/lib/actions/action-result";
import { bodyTooLargeSentence, PAGE_BODY_BYTES_MAX } from "@/lib/errors/body-too-large";
import type { CallFailure } from "@/lib/errors/call-failure";

/**
 * Calls a server action and never throws. A call that brings nothing back, because the connection or the server broke,
 * fails with `unreachable`; one of a page that an earlier version of the portal made, whose actions have other ids since
 * then, with `page_outdated`; one with more in it than the server reads, with `too_large`.
 */
export async function reachAction<Data>(run: () => Promise<ActionResult<Data>>): Promise<ActionResult<Data>> {
  try {
    return await run();
  } catch (error) {
    return { ok: false, error: { reason: toCallFailure(error) } };
  }
}

function toCallFailure(error: unknown): CallFailure {
  if (isUnrecognizedActionError(error)) return "page_outdated";
  // Next throws the text of an answer that is no action's.
  const text = error instanceof Error ? error.message.trim() : "";
  return text === bodyTooLargeSentence(PAGE_BODY_BYTES_MAX) ? "too_large" : "unreachable";
}
