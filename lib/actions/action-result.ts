/** A failure as the browser may see it: keys of the `errors` catalogue, and the id under which the log knows more. */
export type ActionError = { reason: string; fieldErrors?: Record<string, string>; requestId?: string };

/** What every server action returns. It cannot carry the input back: forms keep their own values. */
export type ActionResult<Data> = { ok: true; data: Data } | { ok: false; error: ActionError };
