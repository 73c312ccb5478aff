import type { AppReason } from "@/lib/errors/app-reason";
import type { CallFailure } from "@/lib/errors/call-failure";
import type { FieldReason } from "@/lib/errors/field-reason";

/** Why an action failed: what a verb refused, a failure that nobody foresaw, or a call that reached no action. */
type ActionReason = AppReason | "unexpected" | CallFailure;

/** A failure as the browser may see it: keys of the `errors` catalogue, and the id under which the log knows more. */
export type ActionError = { reason: ActionReason; fieldErrors?: Record<string, FieldReason>; requestId?: string };

/** What every server action returns. It cannot carry the input back: forms keep their own values. */
export type ActionResult<Data> = { ok: true; data: Data } | { ok: false; error: ActionError };
