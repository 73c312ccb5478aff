import "server-only";

import { AppError } from "@/lib/errors/app-error";
import { requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/observability/logger";
import type { ActionError } from "./action-result";

/**
 * Maps anything thrown to what the browser may see. An AppError gives its reason and field errors; everything else is a
 * bug or an outage: it is logged, and the browser gets `unexpected` with the id under which the log knows it.
 */
export function toActionError(error: unknown): ActionError {
  if (!(error instanceof AppError)) {
    log.error({ event: "action_failed", err: error }, "an action failed unexpectedly");
    return { reason: "unexpected", requestId: requestContext().requestId };
  }
  log.info({ event: "action_refused", reason: error.reason, detail: error.detail }, "an action was refused");
  const { reason, fieldErrors } = error;
  return fieldErrors === undefined || Object.keys(fieldErrors).length === 0 ? { reason } : { reason, fieldErrors };
}
